package dev.pawl.scheduler.action;

import dev.pawl.api.module.Role;
import dev.pawl.base.future.FutureFailure;
import dev.pawl.scheduler.dispatch.JobEvents;
import dev.pawl.scheduler.job.Attempt;
import dev.pawl.scheduler.job.JobControl;
import dev.pawl.scheduler.job.JobRetries;
import dev.pawl.service.access.Actor;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.BulkAction;
import dev.pawl.service.job.BulkReport.Failed;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRetry;
import dev.pawl.service.job.RequestKey;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.JobStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Carries out an action on the jobs of a page, all at once, and waits until each is on disk. */
final class ActionSteps {

    /** The refusals that mean that a job has changed its state, or is gone, since it was read. */
    private static final Set<ProblemCode> MOVED_ON = EnumSet.of(
            ProblemCode.UNKNOWN_JOB,
            ProblemCode.JOB_NOT_ACTIVE,
            ProblemCode.JOB_RUNNING,
            ProblemCode.JOB_FINAL,
            ProblemCode.JOB_NOT_FAILED);

    /** The first status that is not the fault of the request. */
    private static final int LEAST_FAILURE = 500;

    private final JobStore store;
    private final JobControl control;
    private final JobRetries retries;
    private final JobEvents events;
    private final InstantSource clock;

    /** The outcome for the jobs of a page. */
    record Outcome(long done, long skipped, List<Failed> failed) {}

    ActionSteps(JobStore store, JobControl control, JobRetries retries, JobEvents events, InstantSource clock) {
        this.store = store;
        this.control = control;
        this.retries = retries;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Carries it out.
     *
     * @param by the job that does it, by which a retry is told that was made before that job was interrupted; null for none
     * @throws ProblemException when the server cannot do it at present; some of the jobs had their turn
     */
    Outcome carryOut(BulkAction action, Actor actor, List<Job> jobs, @Nullable UUID by) throws InterruptedException {
        AuditedChange change =
                AuditedChange.ofMany(actor, "job." + action.action().wireName(), clock.instant());
        return change.during(() -> switch (action.action()) {
            case STOP -> each(jobs, job -> control.stop(job.id()));
            case RETRY -> each(jobs, job -> retry(job, actor, by));
            case REMOVE -> removed(jobs, change);
            case PRIORITIZE -> prioritized(jobs, Objects.requireNonNull(action.priority()), change);
        });
    }

    private interface Step {
        CompletionStage<?> on(Job job);
    }

    private CompletionStage<?> retry(Job job, Actor actor, @Nullable UUID by) {
        RequestKey key =
                by == null ? null : new RequestKey("pawl-actions/" + by + "/" + job.id(), "retry", clock.instant());
        Role role = Role.of(actor.role().wireName());
        CompletionStage<?> retried =
                Attempt.of(() -> retries.retry(job, new JobRetry(job.id().toString(), 0, Map.of(), role, null, key)));
        return retried.exceptionally(failure -> {
            if (FutureFailure.cause(failure) instanceof ProblemException problem
                    && problem.code() == ProblemCode.REQUEST_UNDER_WAY) {
                return null; // it was retried before this process began
            }
            throw FutureFailure.unchecked(failure);
        });
    }

    private Outcome removed(List<Job> jobs, AuditedChange change) throws InterruptedException {
        Outcome outcome = each(jobs, job -> store.remove(job.id(), change).thenAccept(removed -> {
            if (!removed) {
                throw new ProblemException(ProblemCode.JOB_RUNNING, "Job " + job.id() + " is running.");
            }
        }));
        events.removed(jobs.stream().map(Job::id).toList());
        return outcome;
    }

    private Outcome prioritized(List<Job> jobs, int priority, AuditedChange change) throws InterruptedException {
        List<UUID> ids = jobs.stream().map(Job::id).toList();
        int changed = value(store.prioritize(ids, priority, change).toCompletableFuture());
        return new Outcome(changed, jobs.size() - changed, List.of());
    }

    private static Outcome each(List<Job> jobs, Step step) throws InterruptedException {
        List<CompletableFuture<?>> begun = new ArrayList<>(jobs.size());
        for (Job job : jobs) {
            begun.add(begun(job, step));
        }
        long skipped = 0;
        List<Failed> failed = new ArrayList<>();
        ProblemException trouble = null;
        for (int i = 0; i < begun.size(); i++) {
            try {
                value(begun.get(i));
            } catch (ProblemException e) {
                if (MOVED_ON.contains(e.code())) {
                    skipped++;
                } else {
                    failed.add(new Failed(jobs.get(i).id(), e.code(), String.valueOf(e.getMessage())));
                    trouble = e.code().status() >= LEAST_FAILURE ? e : trouble;
                }
            }
        }
        if (trouble != null) {
            throw trouble;
        }
        return new Outcome(jobs.size() - skipped - failed.size(), skipped, failed);
    }

    private static CompletableFuture<?> begun(Job job, Step step) {
        try {
            return step.on(job).toCompletableFuture();
        } catch (ProblemException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static <T> T value(CompletableFuture<T> done) throws InterruptedException {
        try {
            return done.get();
        } catch (ExecutionException e) {
            throw FutureFailure.unchecked(e);
        }
    }
}
