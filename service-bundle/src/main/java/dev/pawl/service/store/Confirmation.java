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
 * Waits for a change to be on disk, for a stated time and no longer. A store refuses by itself what it cannot begin in time; what it has
 * begun and does not confirm, as on a disk that hangs, is neither done nor refused: whoever waits is told so with
 * {@link ProblemCode#STORE_UNCONFIRMED}, and the change may still be made.
 */
public final class Confirmation {

    /** Longer than a store takes to refuse what it cannot begin. */
    public static final Duration LONGEST = Duration.ofSeconds(20);

    private Confirmation() {}

    /** As {@link #await(CompletionStage, String, Duration)}, for {@link #LONGEST}. */
    public static <T> T await(CompletionStage<T> change, String what) {
        return await(change, what, LONGEST);
    }

    /**
     * Blocks until the change is on disk, also when the thread is interrupted: a write does not depend on that.
     *
     * @param what the change, to begin a sentence with
     * @throws RuntimeException with which the store refused it
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
     * @param what the change, to begin a sentence with
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
