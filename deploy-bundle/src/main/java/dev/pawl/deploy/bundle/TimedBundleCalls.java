package dev.pawl.deploy.bundle;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls into bundles, whose code may never come back: each call has a thread of its own, which is waited for so long, then
 * interrupted, then left behind. A bundle with a thread inside is stuck: the framework keeps it locked, and nobody may wait for it.
 */
public final class TimedBundleCalls {

    private static final Logger LOG = LoggerFactory.getLogger(TimedBundleCalls.class);

    private static final String THREADS = "pawl-bundle-";

    /** What a call that was interrupted has to come back. */
    static final Duration AFTER_INTERRUPT = Duration.ofSeconds(2);

    private final Duration limit;
    private final Map<Long, Thread> stuck = new ConcurrentHashMap<>();

    public TimedBundleCalls(Duration limit) {
        this.limit = limit;
    }

    /** A call of the framework that runs a bundle's own code. */
    @FunctionalInterface
    interface Call {
        void run() throws BundleException;
    }

    /**
     * Makes the call; throws what it throws.
     *
     * @param verb what it does, such as {@code start}
     * @throws ProblemException when it does not come back in time
     */
    void call(Bundle bundle, String verb, Call call) throws BundleException {
        Pending pending = begin(bundle, verb, call);
        pending.hurry();
        pending.end();
    }

    /** Begins a call, so that several can be waited for together. */
    Pending begin(Bundle bundle, String verb, Call call) {
        return new Pending(bundle, verb, call);
    }

    /** A call that was begun. Its steps are taken in this order. */
    final class Pending {
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private final Bundle bundle;
        private final String verb;
        private final Thread thread;
        private final long begun = System.nanoTime();
        private boolean late;
        private long interrupted;

        private Pending(Bundle bundle, String verb, Call call) {
            this.bundle = bundle;
            this.verb = verb;
            this.thread = new Thread(() -> run(call, done), THREADS + verb + "-" + bundle.getSymbolicName());
            thread.setDaemon(true);
            thread.start();
        }

        /** Waits for a while, and no longer than until the call is back. */
        void linger(Duration atMost) {
            isBack(done, atMost);
        }

        /** Interrupts the call if it is not back in time. */
        void hurry() {
            if (!isBack(done, left(begun, limit))) {
                late = true;
                interrupted = System.nanoTime();
                thread.interrupt();
            }
        }

        /** Throws what the call threw, or that it was not back in time. */
        void end() throws BundleException {
            if (!late) {
                rethrow(done);
                return;
            }
            if (!isBack(done, left(interrupted, AFTER_INTERRUPT))) {
                stuck.put(bundle.getBundleId(), thread);
            }
            throw new ProblemException(
                    ProblemCode.ACTIVATION_FAILED,
                    "The bundle " + ModuleBundles.name(bundle) + " did not " + verb + " within " + limit.toSeconds()
                            + " s"
                            + (isStuck(bundle)
                                    ? "; its thread does not end, and stays until the server is started again."
                                    : "."));
        }
    }

    /** Whether a thread makes such a call. */
    static boolean isOurs(Thread thread) {
        return thread.getName().startsWith(THREADS);
    }

    /** Whether a thread is inside the bundle for good. */
    boolean isStuck(Bundle bundle) {
        Thread thread = stuck.get(bundle.getBundleId());
        return thread != null && thread.isAlive();
    }

    /** Does something with a stuck bundle when its thread should come back after all. */
    void whenFree(Bundle bundle, Runnable work) {
        Thread thread = stuck.get(bundle.getBundleId());
        if (thread == null) {
            work.run();
            return;
        }
        Thread waiting = new Thread(
                () -> {
                    try {
                        thread.join();
                        stuck.remove(bundle.getBundleId());
                        work.run();
                    } catch (InterruptedException ended) {
                        Thread.currentThread().interrupt(); // nobody does this
                    } catch (RuntimeException e) {
                        LOG.warn("The bundle {} came free too late.", bundle.getSymbolicName(), e);
                    }
                },
                "pawl-bundle-stuck-" + bundle.getSymbolicName());
        waiting.setDaemon(true);
        waiting.start();
    }

    private static void run(Call call, CompletableFuture<Void> done) {
        try {
            call.run();
            done.complete(null);
        } catch (Throwable e) { // module code throws what it likes; the caller is told
            done.completeExceptionally(e);
        }
    }

    private static Duration left(long since, Duration limit) {
        Duration left = limit.minusNanos(System.nanoTime() - since);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static boolean isBack(CompletableFuture<Void> done, Duration time) {
        try {
            done.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException thrown) {
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever interrupts does not want to wait any more
            return false;
        }
    }

    private static void rethrow(CompletableFuture<Void> done) throws BundleException {
        try {
            done.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof BundleException failed) {
                throw failed;
            }
            throw new BundleException("The bundle's code failed.", e.getCause()); // told by its cause
        }
    }
}
