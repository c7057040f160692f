package dev.pawl.hook;

import dev.pawl.service.problem.ProblemException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * The refusal of a call whose proof is wrong, at a time that tells nothing: the end of a slice of time since the call came. So it takes as long
 * to compare a signature as to find no hook.
 */
final class LateRefusal {

    private static final long SLICE_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final long beganNs = System.nanoTime();

    /** Fails with the problem once the slice is over; no thread waits for it. */
    <T> CompletionStage<T> with(ProblemException problem) {
        long leftNs = SLICE_NS - (System.nanoTime() - beganNs) % SLICE_NS;
        return new CompletableFuture<T>()
                .orTimeout(leftNs, TimeUnit.NANOSECONDS)
                .exceptionallyCompose(over -> CompletableFuture.failedStage(problem));
    }
}
