package dev.pawl.deploy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the bundles that the framework itself starts and stops with the server, on a thread that everything waits for: one that
 * takes too long is interrupted, so that the server comes up, or goes down, without it. When the server cannot come up because a
 * bundle does not even heed that, at least the next start must be spared it.
 */
final class StartWatch implements SynchronousBundleListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StartWatch.class);

    private final Duration limit;
    private final Consumer<Bundle> hopeless;
    private final Map<Long, ScheduledFuture<?>> watched = new ConcurrentHashMap<>();
    private final ScheduledExecutorService alarm = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "pawl-start-watch");
        thread.setDaemon(true);
        return thread;
    });

    /** @param hopeless is told of a bundle that keeps the server from starting */
    StartWatch(Duration limit, Consumer<Bundle> hopeless) {
        this.limit = limit;
        this.hopeless = hopeless;
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        if (!Bundles.isOurs(event.getBundle()) || Patience.isOurThread()) {
            return;
        }
        long bundle = event.getBundle().getBundleId();
        switch (event.getType()) {
            case BundleEvent.STARTING, BundleEvent.STOPPING -> {
                Thread thread = Thread.currentThread();
                watched.put(
                        bundle,
                        alarm.schedule(() -> interrupt(event, thread), limit.toMillis(), TimeUnit.MILLISECONDS));
            }
            default -> forget(bundle);
        }
    }

    private void interrupt(BundleEvent event, Thread thread) {
        Bundle bundle = event.getBundle();
        LOG.error(
                "Bundle {} has been starting or stopping for {} s, and is interrupted.",
                Bundles.name(bundle),
                limit.toSeconds());
        if (event.getType() == BundleEvent.STARTING) {
            watched.computeIfPresent(
                    bundle.getBundleId(),
                    (id, rung) -> alarm.schedule(
                            () -> giveUp(bundle), Patience.AFTER_INTERRUPT.toMillis(), TimeUnit.MILLISECONDS));
        }
        thread.interrupt();
    }

    private void giveUp(Bundle bundle) {
        if (bundle.getState() != Bundle.STARTING) {
            return;
        }
        try {
            hopeless.accept(bundle);
        } catch (RuntimeException e) {
            LOG.error("Bundle {} keeps the server from starting.", Bundles.name(bundle), e);
        }
    }

    private void forget(long bundle) {
        ScheduledFuture<?> before = watched.remove(bundle);
        if (before != null) {
            before.cancel(false);
        }
    }

    @Override
    public void close() {
        alarm.shutdownNow();
    }
}
