package dev.pawl.deploy;

import dev.pawl.deploy.artifact.JarSignatures;
import dev.pawl.deploy.bundle.FrameworkStartWatch;
import dev.pawl.deploy.bundle.ModuleBundles;
import dev.pawl.deploy.bundle.StartStallWatch;
import dev.pawl.deploy.change.FirstStart;
import dev.pawl.deploy.change.Reconciliation;
import dev.pawl.launch.StartFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The start of the modules with the server: what is installed is brought in line with the records, started, watched, and judged once all runs. */
final class ServerStart implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerStart.class);

    private final BundleContext context;
    private final Duration timeout;
    private final ModuleBundles bundles;
    private final ChangeTurn turn;
    private final Reconciliation reconciliation;
    private final FirstStart firstStart;
    private final JarSignatures signatures;
    private final WatchedFolder folder;
    private final Runnable whenStarted;
    private final FrameworkStartWatch watch;
    private final FrameworkListener started = this::frameworkEvent;
    private volatile @Nullable StartStallWatch guard;

    /**
     * Prepares the start.
     *
     * @param timeout the longest start or stop of a bundle
     * @param whenStarted is run once all modules were started
     */
    ServerStart(
            BundleContext context,
            Duration timeout,
            ModuleBundles bundles,
            ChangeTurn turn,
            Reconciliation reconciliation,
            FirstStart firstStart,
            JarSignatures signatures,
            WatchedFolder folder,
            Runnable whenStarted) {
        this.context = context;
        this.timeout = timeout;
        this.bundles = bundles;
        this.turn = turn;
        this.reconciliation = reconciliation;
        this.firstStart = firstStart;
        this.signatures = signatures;
        this.folder = folder;
        this.whenStarted = whenStarted;
        this.watch = new FrameworkStartWatch(timeout);
    }

    /** Installs what the records name and what is new, and starts it. */
    void begin(Runnable installNew) {
        context.addBundleListener(watch);
        context.addFrameworkListener(started);
        turn.runHere(() -> {
            reconciliation.run();
            installNew.run();
            reconciliation.start();
        });
        StartStallWatch rest = new StartStallWatch(
                timeout, bundles::installed, held -> failStart(reconciliation.leaveOut(held, timeout)));
        guard = rest;
        if (bundles.modulesRun()) {
            rest.close();
        }
    }

    private void frameworkEvent(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.STARTED) {
            closeGuard();
            whenStarted.run();
            // not on the framework's thread: restoring a version waits for another event
            Thread judge = new Thread(this::lookAfterTheStart, "pawl-first-start");
            judge.setDaemon(true);
            judge.start();
        }
    }

    /** The launcher, which waits for the start, ends the process: this framework can neither continue nor be stopped. */
    private void failStart(String why) {
        LOG.error("{}", why);
        context.registerService(StartFailure.class, new StartFailure(why), null);
    }

    private void lookAfterTheStart() {
        try {
            turn.runHere(() -> {
                firstStart.check();
                reconciliation.inspect();
                signatures.inspectKeys();
            });
        } catch (RuntimeException e) {
            LOG.warn("The modules could not be checked after the start: {}", e.getMessage());
        }
        folder.prepareWhatIsLeft();
    }

    private void closeGuard() {
        StartStallWatch rest = guard;
        if (rest != null) {
            rest.close();
        }
    }

    @Override
    public void close() {
        context.removeFrameworkListener(started);
        closeGuard();
        watch.close();
    }
}
