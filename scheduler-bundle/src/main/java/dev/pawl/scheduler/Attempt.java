package dev.pawl.scheduler;

import dev.pawl.service.problem.ProblemException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A call whose refusal comes in its future, wherever it was found out. */
final class Attempt {

    private Attempt() {}

    static <T> CompletionStage<T> of(Supplier<CompletionStage<T>> work) {
        try {
            return work.get();
        } catch (ProblemException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
