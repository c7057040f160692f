package dev.pawl.deploy.bundle;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the bundles that the framework itself starts and stops, such as those that use an uninstalled one, on a thread for which others
 * wait: a bundle that takes too long is interrupted.
 */
public final class FrameworkStartWatch implements SynchronousBundleListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FrameworkStartWatch.class);

    private final Duration limit;
    private final Map<Long, ScheduledFuture<?>> watched = new ConcurrentHashMap<>();
    private final ScheduledExecutorService alarm = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "pawl-start-watch");
        thread.setDaemon(true);
        return thread;
    });

    public FrameworkStartWatch(Duration limit) {
        this.limit = limit;
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        if (!ModuleBundles.isOurs(event.getBundle()) || TimedBundleCalls.isOurs(Thread.currentThread())) {
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
                ModuleBundles.name(bundle),
                limit.toSeconds());
        thread.interrupt();
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
