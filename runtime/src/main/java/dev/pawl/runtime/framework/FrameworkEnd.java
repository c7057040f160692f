package dev.pawl.runtime.framework;

import dev.pawl.launch.StartLevel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Awaits the end of a framework as far as it matters: everything above the first start level has stopped, so the jobs are parked and the
 * store is closed. The framework itself would wait forever for a module's bundle, on the first level, whose code does not return.
 */
public final class FrameworkEnd implements SynchronousBundleListener {

    /** The time for the bundles of the first level, which hold nothing that could be lost. */
    private static final Duration REST = Duration.ofSeconds(5);

    private final Logger log = LoggerFactory.getLogger(FrameworkEnd.class);
    private final Framework framework;
    private final BundleContext context;
    private final CountDownLatch reached = new CountDownLatch(1);

    private FrameworkEnd(Framework framework) {
        this.framework = framework;
        this.context = framework.getBundleContext();
    }

    /** Starts to watch for the end. */
    public static FrameworkEnd of(Framework framework) {
        FrameworkEnd end = new FrameworkEnd(framework);
        end.context.addBundleListener(end);
        return end;
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        boolean less = event.getType() == BundleEvent.STOPPED || event.getBundle() == framework;
        if (less && framework.getState() != Bundle.ACTIVE && isReached()) {
            reached.countDown();
        }
    }

    /** Waits for the end with a limit; returns whether it came. */
    public boolean await(Duration atMost) throws InterruptedException {
        boolean inTime = reached.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        if (inTime) {
            rest();
        }
        return inTime;
    }

    private boolean isReached() {
        return Stream.of(context.getBundles()).noneMatch(bundle -> runs(bundle) && isAboveTheFirstLevel(bundle));
    }

    private static boolean runs(Bundle bundle) {
        return bundle.getBundleId() != 0
                && (bundle.getState() & (Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING)) != 0;
    }

    private static boolean isAboveTheFirstLevel(Bundle bundle) {
        BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
        return level != null && level.getStartLevel() > StartLevel.FIRST;
    }

    private void rest() throws InterruptedException {
        if (framework.waitForStop(REST.toMillis()).getType() == FrameworkEvent.WAIT_TIMEDOUT) {
            log.warn("A module's bundle hangs and is abandoned; everything else has stopped.");
        }
    }
}
