package dev.pawl.scheduler.catalog;

import dev.pawl.service.catalog.Leak;
import dev.pawl.service.catalog.LeakSearch;
import java.util.List;
import java.util.function.UnaryOperator;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;

/** The leaks as they may be shown; none where nothing looks for any. Safe for many threads. */
public final class ShownLeaks implements AutoCloseable {

    private final ServiceTracker<LeakSearch, LeakSearch> search;
    private final UnaryOperator<String> shown;

    /**
     * Follows the service that looks for leaks.
     *
     * @param shown takes out of a sentence what it must not show: a module may have put a secret into the name of a thread
     */
    public ShownLeaks(BundleContext context, UnaryOperator<String> shown) {
        this.search = new ServiceTracker<>(context, LeakSearch.class, null);
        this.shown = shown;
        search.open();
    }

    /** The leaks, the latest first. */
    public List<Leak> all() {
        LeakSearch found = search.getService();
        return found == null
                ? List.of()
                : found.leaks().stream().map(this::shown).toList();
    }

    @Override
    public void close() {
        search.close();
    }

    private Leak shown(Leak leak) {
        List<String> holders = leak.holders().stream().map(shown).toList();
        return new Leak(leak.bundle(), leak.version(), leak.modules(), leak.goneAt(), holders);
    }
}
