package dev.pawl.runtime;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the bundles that {@linkplain StartLevels#besideOthers start beside the others}, each on a thread of its own, once the framework
 * has gone beyond their level: at that level it looks at every bundle in turn, and would wait for one that is starting. Where there are
 * no higher levels, they start when they are waited for.
 */
final class BesideStart implements SynchronousBundleListener {

    private static final int MOST_ATTEMPTS = 5;

    private final Logger log = LoggerFactory.getLogger(BesideStart.class);
    private final BundleContext context;
    private final List<Thread> threads;
    private final AtomicBoolean begun = new AtomicBoolean();

    private BesideStart(BundleContext context, List<Bundle> bundles) {
        this.context = context;
        this.threads = bundles.stream()
                .map(bundle -> new Thread(() -> start(bundle), "pawl-start-" + bundle.getSymbolicName()))
                .toList();
    }

    /** Prepares the start of those that are installed; the framework has not begun to start yet. */
    static BesideStart of(BundleContext context, StartLevels levels) {
        List<Bundle> bundles = Stream.of(context.getBundles())
                .filter(bundle -> levels.besideOthers(bundle.getSymbolicName()))
                .toList();
        BesideStart beside = new BesideStart(context, bundles);
        context.addBundleListener(beside);
        return beside;
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        BundleStartLevel level = event.getBundle().adapt(BundleStartLevel.class);
        if (event.getType() == BundleEvent.STARTED && level != null && level.getStartLevel() > StartLevels.FIRST) {
            begin();
        }
    }

    /** Waits until each has started, or failed. */
    void await() throws InterruptedException {
        begin();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void begin() {
        if (!begun.getAndSet(true)) {
            context.removeBundleListener(this);
            threads.forEach(Thread::start);
        }
    }

    /** This time alone: the framework would start it in turn with the others the next time. */
    private void start(Bundle bundle) {
        boolean tryAgain = true;
        for (int attempt = 1; tryAgain && attempt <= MOST_ATTEMPTS; attempt++) {
            tryAgain = isTurnedAway(bundle, attempt);
        }
    }

    /**
     * The framework turns away who waits for its lock with a bundle that the lock's owner waits for, and expects it to come again. That
     * a bundle lacks something is the same error, so {@link StartProblems} says in the end why one did not start.
     */
    private boolean isTurnedAway(Bundle bundle, int attempt) {
        try {
            bundle.start(Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY);
            return false;
        } catch (BundleException failed) {
            log.debug("{} does not start at attempt {}.", bundle, attempt, failed);
            return failed.getType() != BundleException.ACTIVATOR_ERROR;
        }
    }
}
