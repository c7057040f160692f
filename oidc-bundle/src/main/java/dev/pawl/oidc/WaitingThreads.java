package dev.pawl.oidc;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Two threads that may wait for the issuer, and a bounded number of requests that wait for them. */
final class WaitingThreads implements AutoCloseable {

    static final int MOST_THREADS = 2;

    private static final long IDLE_S = 10;

    private final String waiting;
    private final int most;
    private final ThreadPoolExecutor threads;
    private volatile boolean closed;

    /**
     * Creates the threads, which start with the first work.
     *
     * @param name the name of the threads
     * @param most the most requests that wait for them; more are refused
     * @param waiting the requests in words, such as "tokens of the issuer wait to be verified"
     */
    WaitingThreads(String name, int most, String waiting) {
        this.waiting = waiting;
        this.most = most;
        this.threads = new ThreadPoolExecutor(
                MOST_THREADS, MOST_THREADS, IDLE_S, TimeUnit.SECONDS, new ArrayBlockingQueue<>(most), work -> {
                    Thread thread = new Thread(work, name);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Works on one of the threads; fails with {@code OVERLOADED} or {@code SHUTTING_DOWN} when there is no place. */
    <T> CompletionStage<T> work(Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                try {
                    if (closed) {
                        throw stopped();
                    }
                    result.complete(work.get());
                } catch (RuntimeException | Error e) {
                    result.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException full) {
            result.completeExceptionally(
                    closed
                            ? stopped()
                            : new ProblemException(ProblemCode.OVERLOADED, most + " " + waiting + " already.", full));
        }
        return result;
    }

    private static ProblemException stopped() {
        return new ProblemException(ProblemCode.SHUTTING_DOWN, "The server asks the issuer no more, since it stops.");
    }

    /** Ends the threads; what waits is refused. */
    @Override
    public void close() {
        closed = true;
        threads.shutdownNow().forEach(Runnable::run); // each finds out that this is closed
    }
}
