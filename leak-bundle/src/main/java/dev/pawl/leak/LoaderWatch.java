package dev.pawl.leak;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.service.catalog.Leak;
import dev.pawl.service.catalog.LeakSearch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the class loaders of module bundles that were updated, disabled or removed. For a loader that is not gone after a pause up to
 * three garbage collections are requested, a pause apart; a loader that outlives them is leaked, and its holders are looked for once.
 * Owns one thread, which sleeps while nothing is watched.
 */
final class LoaderWatch implements LeakSearch, SynchronousBundleListener, AutoCloseable {

    private static final int COLLECTIONS = 3;
    private static final int MOST_LEAKS_KEPT = 100;

    private static final Logger LOG = LoggerFactory.getLogger(LoaderWatch.class);

    private final BundleContext context;
    private final InstantSource clock;
    private final Duration pause;
    private final Supplier<Holders> holders;
    private final AtomicLong tokens = new AtomicLong();
    private final Map<Long, WatchedLoader> present = new ConcurrentHashMap<>();
    private final List<WatchedLoader> watched = new CopyOnWriteArrayList<>();
    private final List<WatchedLoader> leaks = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition closing = lock.newCondition();
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Watches from now on.
     *
     * @param pause time between the end of a bundle, the collections and the verdict; zero to watch nothing
     * @param holders finds the holders of a class loader; made when there is a leak, which is seldom
     */
    LoaderWatch(BundleContext context, InstantSource clock, Duration pause, Supplier<Holders> holders) {
        this.context = context;
        this.clock = clock;
        this.pause = pause;
        this.holders = holders;
        thread = new Thread(null, this::loop, "pawl-leak-watch", 0, false);
        thread.setDaemon(true);
        thread.start();
        if (!pause.isZero()) {
            context.addBundleListener(this);
        }
    }

    @Override
    public void close() {
        context.removeBundleListener(this);
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            closing.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Leak> leaks() {
        return leaks.stream()
                .filter(leak -> !leak.isCollected())
                .sorted(Comparator.comparing((WatchedLoader leak) -> leak.goneAt)
                        .reversed())
                .map(leak -> new Leak(leak.bundle, leak.version, leak.modules, leak.goneAt, leak.holders))
                .toList();
    }

    /** Number of class loaders that are watched and not judged yet. */
    public int watching() {
        return watched.size();
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        Bundle bundle = event.getBundle();
        switch (event.getType()) {
            case BundleEvent.STOPPING -> meet(bundle);
            case BundleEvent.UNRESOLVED, BundleEvent.UNINSTALLED -> part(bundle);
            default -> {}
        }
    }

    private void meet(Bundle bundle) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        if (wiring == null) {
            return;
        }
        List<BundleCapability> modules = wiring.getRevision().getDeclaredCapabilities(AutomationModule.NAMESPACE);
        ClassLoader loader = modules.isEmpty() ? null : wiring.getClassLoader();
        if (loader != null) {
            present.put(
                    bundle.getBundleId(),
                    new WatchedLoader(
                            loader,
                            tokens.incrementAndGet(),
                            String.valueOf(bundle.getSymbolicName()),
                            bundle.getVersion().toString(),
                            modules.stream()
                                    .map(module -> String.valueOf(
                                            module.getAttributes().get("id")))
                                    .toList(),
                            classes(wiring)));
        }
    }

    private static Set<String> classes(BundleWiring wiring) {
        Set<String> names = new HashSet<>();
        int options = BundleWiring.LISTRESOURCES_RECURSE | BundleWiring.LISTRESOURCES_LOCAL;
        for (String file : wiring.listResources("/", "*.class", options)) {
            names.add(file.substring(0, file.length() - ".class".length()).replace('/', '.'));
        }
        return names;
    }

    private void part(Bundle bundle) {
        WatchedLoader loader = present.remove(bundle.getBundleId());
        if (loader != null) {
            loader.goneAt = clock.instant();
            loader.goneNs = System.nanoTime();
            lock.lock();
            try {
                watched.add(loader);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void loop() {
        while (!closed) {
            await();
            if (!closed) {
                attempt();
            }
        }
    }

    /** Waits until a class loader is watched, and then for the pause. */
    private void await() {
        lock.lock();
        try {
            while (!closed && watched.isEmpty() && leaks.isEmpty()) {
                changed.awaitUninterruptibly();
            }
            long leftNs = pause.toNanos();
            while (!closed && leftNs > 0) {
                leftNs = closing.awaitNanos(leftNs);
            }
        } catch (InterruptedException e) {
            closed = true; // no other code has this thread
        } finally {
            lock.unlock();
        }
    }

    private void attempt() {
        try {
            look();
        } catch (RuntimeException | Error e) { // the next versions are to be watched all the same
            LOG.warn("Class loaders of modules that are gone could not be looked at; it is tried again.", e);
        }
    }

    private void look() {
        leaks.stream().filter(WatchedLoader::isCollected).forEach(this::gone);
        watched.removeIf(WatchedLoader::isCollected);
        long dueNs = System.nanoTime() - pause.toNanos();
        List<WatchedLoader> due =
                watched.stream().filter(loader -> loader.goneNs - dueNs <= 0).toList();
        if (due.isEmpty()) {
            return;
        }
        System.gc(); // one collection for all loaders, and the only place that requests one
        due.forEach(loader -> loader.collections++);
        due.stream()
                .filter(loader -> !loader.isCollected() && loader.collections >= COLLECTIONS)
                .forEach(this::judge);
        watched.removeIf(WatchedLoader::isCollected);
    }

    private void gone(WatchedLoader leak) {
        leaks.remove(leak);
        LOG.info("What was left of {} is gone now.", leak.name());
    }

    private void judge(WatchedLoader leak) {
        watched.remove(leak);
        leak.holders = holders.get().of(leak);
        if (leak.isCollected()) {
            return; // it went while it was looked at
        }
        leaks.add(leak);
        if (leaks.size() > MOST_LEAKS_KEPT) {
            leaks.remove(0);
        }
        LOG.warn(
                "Bundle {} is gone since {}, but its classes are still in memory. {}",
                leak.name(),
                leak.goneAt,
                String.join(" ", leak.holders));
    }
}
