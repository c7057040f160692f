package dev.pawl.service.store;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for a change to be on disk, for a limited time. A store refuses a change that it cannot begin in time. A change that it has begun
 * but does not confirm, as on a disk that hangs, is neither done nor refused: the caller gets {@link ProblemCode#STORE_UNCONFIRMED}, and
 * the change may still be made.
 */
public final class Confirmation {

    /** The longest wait; longer than a store takes to refuse a change that it cannot begin. */
    public static final Duration LONGEST = Duration.ofSeconds(20);

    private Confirmation() {}

    /** Waits as {@link #await(CompletionStage, String, Duration)} does, for {@link #LONGEST}. */
    public static <T> T await(CompletionStage<T> change, String what) {
        return await(change, what, LONGEST);
    }

    /**
     * Blocks until the change is on disk, even when the thread is interrupted.
     *
     * @param what the change, as the beginning of a sentence
     * @throws RuntimeException the exception with which the store refused it
     * @throws ProblemException {@code STORE_UNCONFIRMED} when it is neither made nor refused in time
     */
    public static <T> T await(CompletionStage<T> change, String what, Duration atMost) {
        boolean interrupted = false;
        long deadlineNs = System.nanoTime() + atMost.toNanos();
        try {
            while (true) {
                try {
                    return change.toCompletableFuture().get(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (TimeoutException e) {
            throw unconfirmed(what, atMost);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new CompletionException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * The change, or the failure {@code STORE_UNCONFIRMED} when it is neither made nor refused within {@link #LONGEST}; blocks nobody.
     *
     * @param what the change, as the beginning of a sentence
     */
    public static <T> CompletionStage<T> within(CompletionStage<T> change, String what) {
        return within(change, what, LONGEST);
    }

    static <T> CompletionStage<T> within(CompletionStage<T> change, String what, Duration atMost) {
        return change.toCompletableFuture()
                .copy() // the change itself goes on
                .orTimeout(atMost.toNanos(), TimeUnit.NANOSECONDS)
                .exceptionally(failure -> {
                    if (failure instanceof TimeoutException) {
                        throw unconfirmed(what, atMost);
                    }
                    throw failure instanceof CompletionException known ? known : new CompletionException(failure);
                });
    }

    private static ProblemException unconfirmed(String what, Duration waited) {
        return new ProblemException(
                ProblemCode.STORE_UNCONFIRMED,
                what + " is not confirmed: the store has neither made nor refused the change within "
                        + waited.toMillis() / 1_000.0 + " s. It may still be made.");
    }
}
