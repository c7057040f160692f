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
 * The bundles that take no more jobs and go when the last job that runs there has ended. Nobody waits for that; a restart of the
 * server ends it, since our records name what came after them. Called by one thread at a time; owns one that does the end.
 */
public final class RetiringBundles implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RetiringBundles.class);
    private static final long IDLE_S = 10;

    private final JobDrain drain;
    private final Consumer<Runnable> oneAtATime;
    private final Map<Bundle, Object> waiting = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor end = new ThreadPoolExecutor(
            1, 1, IDLE_S, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), RetiringBundles::thread);

    /** @param oneAtATime runs what it is given when no other change is under way */
    public RetiringBundles(JobDrain drain, Consumer<Runnable> oneAtATime) {
        this.drain = drain;
        this.oneAtATime = oneAtATime;
        end.allowCoreThreadTimeOut(true);
    }

    /** Gives a bundle's modules no more jobs, and when they have none left, does what is to be done with it. */
    public void retire(Bundle bundle, Consumer<Bundle> then) {
        Object mark = new Object();
        waiting.put(bundle, mark);
        LOG.info("Bundle {} takes no more jobs and goes when it has none left.", ModuleBundles.name(bundle));
        var unused = drain.retire(bundle.getBundleId()).whenComplete((left, problem) -> {
            if (problem == null) {
                soon(bundle, mark, then);
            } else if (!(problem instanceof CancellationException || problem instanceof CompletionException)) {
                LOG.error("Bundle {} stays until the next restart.", ModuleBundles.name(bundle), problem);
            }
        });
    }

    /** Whether the bundle of an artifact takes no more jobs. */
    public boolean isRetiring(String sha256) {
        return waiting.keySet().stream()
                .anyMatch(bundle -> ModuleBundles.artifact(bundle).equals(sha256));
    }

    /** Gives it jobs again; says whether it was retiring. */
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
            return; // taken back, or retired for another end, meanwhile
        }
        try {
            then.accept(bundle);
            drain.reinstate(bundle.getBundleId()); // one that was only stopped may be started again
            LOG.info("Bundle {} has no job left and is gone.", ModuleBundles.name(bundle));
        } catch (IllegalStateException e) { // we are being stopped ourselves
            LOG.debug("Bundle {} goes with the next start.", ModuleBundles.name(bundle), e);
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "pawl-retiring", 0, false);
        thread.setDaemon(true);
        return thread;
    }
}
