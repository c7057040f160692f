package dev.pawl.leak;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds the holders of a class loader: first in the threads and the registries of the JVM, which costs little, and only when these do not
 * hold it in a heap dump.
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

    /** A sentence for each holder, the surest first; never empty. */
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
        loader = null; // or the heap dump would show this method
        if (found.isEmpty()) {
            found.add(heap.holderOf(leak));
        }
        return found;
    }
}
