package dev.pawl.scheduler.job;

import dev.pawl.scheduler.dispatch.DispatchSignal;
import dev.pawl.scheduler.dispatch.JobEvents;
import dev.pawl.scheduler.queue.SecretNames;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.JobStore;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Stops, resumes and removes jobs. */
public final class JobControl {

    private final JobStore store;
    private final StopJob stopping;
    private final SecretNames secrets;
    private final JobEvents events;
    private final DispatchSignal signal;
    private final Executor background;

    public JobControl(
            JobStore store,
            StopJob stopping,
            SecretNames secrets,
            JobEvents events,
            DispatchSignal signal,
            Executor background) {
        this.store = store;
        this.stopping = stopping;
        this.secrets = secrets;
        this.events = events;
        this.signal = signal;
        this.background = background;
    }

    /** Stops a job that waits or runs. */
    public CompletionStage<Job> stop(UUID job) {
        return stopping.stop(job, AuditedChange.current()).thenApply(secrets::masked);
    }

    /** Lets a job that waits for a time go on now. */
    CompletionStage<Job> resume(Job job) {
        if (job.state().status().isFinal()) {
            throw new ProblemException(
                    ProblemCode.JOB_FINAL,
                    "Job " + job.id() + " is " + job.state().status().wireName() + " and cannot go on.");
        }
        return Confirmation.within(
                        store.makeDue(job.id(), AuditedChange.current()), "That job " + job.id() + " goes on")
                .thenApplyAsync(
                        waiting -> {
                            signal.wake();
                            return secrets.masked(store.find(job.id()).orElse(job));
                        },
                        background);
    }

    /** Gives a job that waits another priority. */
    CompletionStage<Job> prioritize(Job job, int priority) {
        try {
            JobRequest.checkPriority(priority);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.INVALID_JOB, String.valueOf(e.getMessage()), e);
        }
        return Confirmation.within(
                        store.prioritize(List.of(job.id()), priority, AuditedChange.current()),
                        "The new priority of job " + job.id())
                .thenApplyAsync(
                        changed -> {
                            Job now = store.find(job.id()).orElse(job);
                            if (changed == 0) {
                                throw noPlace(now);
                            }
                            return secrets.masked(now);
                        },
                        background);
    }

    private static ProblemException noPlace(Job job) {
        JobStatus status = job.state().status();
        return new ProblemException(
                status.isFinal() ? ProblemCode.JOB_FINAL : ProblemCode.JOB_RUNNING,
                "Job " + job.id() + " is " + status.wireName() + "; only a job that waits has a place in the queue.");
    }

    /** Removes a job that does not run. */
    CompletionStage<Void> remove(Job job) {
        UUID id = job.id();
        return Confirmation.within(store.remove(id, AuditedChange.current()), "The removal of job " + id)
                .thenAccept(removed -> {
                    if (!removed) {
                        throw new ProblemException(
                                ProblemCode.JOB_RUNNING, "Job " + id + " is running and cannot be removed.");
                    }
                    events.removed(List.of(id));
                });
    }

    /** Removes all jobs that wait; tells how many there were. */
    CompletionStage<Integer> removeWaiting() {
        return Confirmation.within(store.removePending(AuditedChange.current()), "The removal of the waiting jobs")
                .thenApply(removed -> {
                    events.removedMany();
                    return removed;
                });
    }
}
