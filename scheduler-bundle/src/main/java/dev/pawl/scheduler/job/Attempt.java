package dev.pawl.scheduler.job;

import dev.pawl.service.problem.ProblemException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Turns the refusal of a call into a failed future, wherever the refusal was found. */
public final class Attempt {

    private Attempt() {}

    /** Does it. */
    public static <T> CompletionStage<T> of(Supplier<CompletionStage<T>> work) {
        try {
            return work.get();
        } catch (ProblemException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
