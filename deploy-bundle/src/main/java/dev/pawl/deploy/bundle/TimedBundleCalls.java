package dev.pawl.deploy.bundle;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
 * Makes calls into bundles, whose code may never return: each call has a thread of its own, which is interrupted after a timeout and
 * finally abandoned. A bundle with such a thread is stuck: the framework keeps it locked, and nothing may wait for it.
 */
public final class TimedBundleCalls {

    private static final Logger LOG = LoggerFactory.getLogger(TimedBundleCalls.class);

    private static final String THREADS = "pawl-bundle-";

    /** The time that an interrupted call has to return. */
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
     * Makes a call and throws what it throws.
     *
     * @param verb the verb for the call in messages, such as {@code start}
     * @throws ProblemException when it does not return in time
     */
    void call(Bundle bundle, String verb, Call call) throws BundleException {
        Pending pending = begin(bundle, verb, call);
        pending.interrupt();
        pending.end();
    }

    /** Begins a call, so that several can be awaited together. */
    Pending begin(Bundle bundle, String verb, Call call) {
        return new Pending(bundle, verb, call);
    }

    /** A call that has begun. Its methods are called in this order. */
    final class Pending {
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private final Bundle bundle;
        private final String verb;
        private final Thread thread;
        private final long begun = System.nanoTime();
        private boolean late;
        private Optional<String> place = Optional.empty();
        private long interrupted;

        private Pending(Bundle bundle, String verb, Call call) {
            this.bundle = bundle;
            this.verb = verb;
            this.thread = new Thread(() -> run(call, done), THREADS + verb + "-" + bundle.getSymbolicName());
            thread.setDaemon(true);
            thread.start();
        }

        /** Waits until the call has returned, at most for a given time. */
        void await(Duration atMost) {
            isBack(done, atMost);
        }

        /** Interrupts the call when it has not returned in time. */
        void interrupt() {
            if (!isBack(done, left(begun, limit))) {
                late = true;
                place = StalledCall.place(thread.getStackTrace());
                interrupted = System.nanoTime();
                thread.interrupt();
            }
        }

        /** Throws what the call threw, or an exception for the timeout. */
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
                                    ? "; its thread does not end, and remains until the server is restarted."
                                    : ".")
                            + place.map(StalledCall::remedy).orElse(""));
        }
    }

    /** Whether a thread belongs to such a call. */
    static boolean isOurs(Thread thread) {
        return thread.getName().startsWith(THREADS);
    }

    /** Whether an abandoned thread is still inside the bundle. */
    boolean isStuck(Bundle bundle) {
        Thread thread = stuck.get(bundle.getBundleId());
        return thread != null && thread.isAlive();
    }

    /** Runs an action on a stuck bundle in case its thread returns after all. */
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
                        Thread.currentThread().interrupt(); // nothing interrupts this thread
                    } catch (RuntimeException e) {
                        LOG.warn("The thread in bundle {} returned too late.", bundle.getSymbolicName(), e);
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
        } catch (Throwable e) { // module code may throw anything; it is passed to the caller
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
            Thread.currentThread().interrupt(); // the interrupt asks this thread to stop waiting
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
            throw new BundleException("The bundle's code failed.", e.getCause()); // the cause is what counts
        }
    }
}
