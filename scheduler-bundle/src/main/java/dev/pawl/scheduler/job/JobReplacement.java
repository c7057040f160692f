package dev.pawl.scheduler.job;

import dev.pawl.base.future.FutureFailure;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets new jobs take the places of those that hold their unique keys: stops such a job, then adds the new one. When the process ends in
 * between, the old job is stopped and there is no new one.
 */
public final class JobReplacement {

    /** The number of jobs that one request stops at most, when others take the key again and again. */
    private static final int MOST = 5;

    private final StopJob stopping;
    private final Executor background;

    public JobReplacement(StopJob stopping, Executor background) {
        this.stopping = stopping;
        this.background = background;
    }

    /**
     * Makes an addition, again after each job that was stopped for it.
     *
     * @param change for whom the addition is made and the jobs are stopped; null when the runtime itself adds
     */
    <T> CompletionStage<T> around(Supplier<CompletionStage<T>> addition, @Nullable AuditedChange change) {
        return attempt(addition, change, MOST);
    }

    /**
     * Makes an addition that replaces several jobs.
     *
     * @param jobs their greatest number
     */
    <T> CompletionStage<T> around(Supplier<CompletionStage<T>> addition, @Nullable AuditedChange change, long jobs) {
        return attempt(addition, change, Math.toIntExact(MOST * jobs));
    }

    private <T> CompletionStage<T> attempt(
            Supplier<CompletionStage<T>> addition, @Nullable AuditedChange change, int left) {
        return (change == null ? addition.get() : change.during(addition::get))
                .handle((added, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.completedStage(added);
                    }
                    if (FutureFailure.cause(failure) instanceof KeyHeldException held) {
                        return replaced(held, addition, change, left);
                    }
                    return CompletableFuture.<T>failedStage(failure);
                })
                .thenCompose(stage -> stage);
    }

    private <T> CompletionStage<T> replaced(
            KeyHeldException held, Supplier<CompletionStage<T>> addition, @Nullable AuditedChange change, int left) {
        if (left == 0) {
            throw new ProblemException(
                    ProblemCode.UNIQUE_KEY_TAKEN,
                    "Other requests took the unique key again and again while this one was to replace its job; now job "
                            + held.holder() + " holds it.");
        }
        AuditedChange stop =
                change == null ? null : change.also("job.stop", held.holder().toString());
        return CompletableFuture.supplyAsync(() -> stopping.stop(held.holder(), stop), background)
                .thenCompose(stopped -> stopped)
                .handle((stopped, failure) -> {
                    if (failure != null && !isOver(FutureFailure.cause(failure))) {
                        throw FutureFailure.unchecked(failure);
                    }
                    return true;
                })
                .thenComposeAsync(free -> attempt(addition, change, left - 1), background);
    }

    /** Whether the job ended, or was removed, before it could be stopped. */
    private static boolean isOver(Throwable failure) {
        return failure instanceof ProblemException problem
                && (problem.code() == ProblemCode.JOB_NOT_ACTIVE || problem.code() == ProblemCode.UNKNOWN_JOB);
    }
}
