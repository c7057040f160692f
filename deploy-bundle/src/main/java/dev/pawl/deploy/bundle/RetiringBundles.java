package dev.pawl.deploy.bundle;

import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The retiring bundles: they take no more jobs and are removed when the last job that runs on them has ended. Nothing waits for that; a
 * restart of the server ends it, since the records name their successors. Called by one thread at a time; owns a thread for the removal.
 */
public final class RetiringBundles implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RetiringBundles.class);
    private static final long IDLE_S = 10;

    private final JobDrain drain;
    private final Consumer<Runnable> oneAtATime;
    private final Map<Bundle, Object> waiting = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor end = new ThreadPoolExecutor(
            1, 1, IDLE_S, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), RetiringBundles::thread);

    /** @param oneAtATime runs a task when no other change is running */
    public RetiringBundles(JobDrain drain, Consumer<Runnable> oneAtATime) {
        this.drain = drain;
        this.oneAtATime = oneAtATime;
        end.allowCoreThreadTimeOut(true);
    }

    /** Gives a bundle's modules no more jobs, and runs an action when the last one has ended. */
    public void retire(Bundle bundle, Consumer<Bundle> then) {
        Object mark = new Object();
        waiting.put(bundle, mark);
        LOG.info(
                "Bundle {} takes no more jobs and is removed when its last one has ended.", ModuleBundles.name(bundle));
        var unused = drain.retire(bundle.getBundleId()).whenComplete((left, problem) -> {
            if (problem == null) {
                soon(bundle, mark, then);
            } else if (!(problem instanceof CancellationException || problem instanceof CompletionException)) {
                LOG.error("Bundle {} stays installed until the next restart.", ModuleBundles.name(bundle), problem);
            }
        });
    }

    /** Whether the bundle of an artifact is retiring. */
    public boolean isRetiring(String sha256) {
        return waiting.keySet().stream()
                .anyMatch(bundle -> ModuleBundles.artifact(bundle).equals(sha256));
    }

    /** Lets it take jobs again; returns whether it was retiring. */
    public boolean reinstate(Bundle bundle) {
        boolean was = waiting.remove(bundle) != null;
        if (was) {
            drain.reinstate(bundle.getBundleId());
        }
        return was;
    }

    @Override
    public void close() {
        waiting.clear();
        end.shutdown();
    }

    private void soon(Bundle bundle, Object mark, Consumer<Bundle> then) {
        try {
            end.execute(() -> oneAtATime.accept(() -> end(bundle, mark, then)));
        } catch (RejectedExecutionException e) {
            LOG.debug("Bundle {} goes with the next start.", ModuleBundles.name(bundle), e);
        }
    }

    private void end(Bundle bundle, Object mark, Consumer<Bundle> then) {
        if (!waiting.remove(bundle, mark)) {
            return; // reinstated, or retired with another action, meanwhile
        }
        try {
            then.accept(bundle);
            drain.reinstate(bundle.getBundleId()); // a bundle that was only stopped may be started again
            LOG.info("The last job on bundle {} has ended, and the bundle is removed.", ModuleBundles.name(bundle));
        } catch (IllegalStateException e) { // the deployer is being stopped
            LOG.debug("Bundle {} goes with the next start.", ModuleBundles.name(bundle), e);
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "pawl-retiring", 0, false);
        thread.setDaemon(true);
        return thread;
    }
}
