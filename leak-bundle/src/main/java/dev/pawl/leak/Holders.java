package dev.pawl.leak;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Looks for what keeps a class loader: first where one can look for nothing, in the threads and in the registries of the JVM, and
 * only when that finds nothing in a picture of the heap.
 */
final class Holders {

    private static final int MOST_SHOWN = 10;

    private final Threads threads = new Threads();
    private final Registries registries = new Registries();
    private final HeapSearch heap;

    /**
     * Looks when it is asked.
     *
     * @param heap the last resort
     */
    Holders(HeapSearch heap) {
        this.heap = heap;
    }

    /** A sentence for each, the surest first; never empty. */
    List<String> of(WatchedLoader leak) {
        List<String> found = new ArrayList<>();
        ClassLoader loader = leak.get();
        if (loader != null) {
            Owned owned = new Owned(loader, leak.classes);
            Stream.concat(threads.holding(owned), registries.holding(owned))
                    .distinct()
                    .limit(MOST_SHOWN)
                    .forEach(found::add);
        }
        loader = null; // or the picture would show this method
        if (found.isEmpty()) {
            found.add(heap.holderOf(leak));
        }
        return found;
    }
}
