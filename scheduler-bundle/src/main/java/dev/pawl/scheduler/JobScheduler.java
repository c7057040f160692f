package dev.pawl.scheduler;

import dev.pawl.scheduler.schema.DurationText;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobPage;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.JobView;
import dev.pawl.service.job.LogEntry;
import dev.pawl.service.job.LogSubscriber;
import dev.pawl.service.job.Reason;
import dev.pawl.service.job.ResultPage;
import dev.pawl.service.job.Run;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.job.SchedulerStatus;
import dev.pawl.service.job.Subscription;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.NewJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Answers for single jobs: each method finds the job, lets the part whose business it is do the work, and hides secrets. */
final class JobScheduler implements Scheduler {

    private final SchedulerParts parts;
    private final StopJob stopping;
    private final JobViews views;
    private final long beganNs;

    JobScheduler(SchedulerParts parts) {
        this.parts = parts;
        this.stopping = new StopJob(parts);
        this.views = new JobViews(parts);
        this.beganNs = parts.timing().monotonic().nanos();
    }

    @Override
    public CompletionStage<Job> start(JobRequest request) {
        return Attempt.of(() -> add(List.of(request), true).thenApply(jobs -> jobs.get(0)));
    }

    @Override
    public CompletionStage<List<Job>> start(List<JobRequest> requests) {
        return Attempt.of(() -> add(requests, true));
    }

    @Override
    public CompletionStage<Job> enqueue(JobRequest request) {
        return Attempt.of(() -> add(List.of(request), false).thenApply(jobs -> jobs.get(0)));
    }

    private CompletionStage<List<Job>> add(List<JobRequest> requests, boolean allInstalled) {
        if (parts.isClosed()) {
            throw new ProblemException(ProblemCode.SHUTTING_DOWN, "The server is stopping and takes no jobs.");
        }
        Instant now = parts.clock().instant();
        List<NewJob> jobs = new ArrayList<>(requests.size());
        for (JobRequest request : requests) {
            parts.submission().check(request, allInstalled);
            jobs.add(new NewJob(UUID.randomUUID(), parts.secrets().sealed(request), now));
        }
        return Confirmation.within(parts.dispatcher().add(jobs), "The job")
                .thenApply(
                        stored -> stored.stream().map(parts.secrets()::masked).toList());
    }

    @Override
    public CompletionStage<Job> resume(String job) {
        return Attempt.of(() -> {
            Job found = parts.lookup().job(job);
            if (found.state().status().isFinal()) {
                throw new ProblemException(
                        ProblemCode.JOB_FINAL,
                        "Job " + found.id() + " is " + found.state().status().wireName() + " and cannot go on.");
            }
            return Confirmation.within(parts.store().makeDue(found.id()), "That job " + found.id() + " goes on")
                    .thenApplyAsync(
                            waiting -> {
                                parts.dispatcher().wake();
                                return parts.secrets()
                                        .masked(parts.store().find(found.id()).orElse(found));
                            },
                            parts.background());
        });
    }

    @Override
    public CompletionStage<Job> stop(String job) {
        return Attempt.of(() -> stopping.stop(parts.lookup().id(job)).thenApply(parts.secrets()::masked));
    }

    @Override
    public CompletionStage<Void> remove(String job) {
        return Attempt.of(() -> {
            UUID id = parts.lookup().id(job);
            return Confirmation.within(parts.store().remove(id), "The removal of job " + id)
                    .thenAccept(removed -> {
                        if (!removed) {
                            throw new ProblemException(
                                    ProblemCode.JOB_RUNNING, "Job " + id + " is running and cannot be removed.");
                        }
                        parts.removed(id);
                    });
        });
    }

    @Override
    public SchedulerStatus status() {
        List<Job> running = parts.store().running().stream()
                .filter(job -> job.state().leasedUntil() == null)
                .map(parts.secrets()::masked)
                .toList();
        return new SchedulerStatus(
                parts.own().id(),
                parts.own().onlineAt(),
                DurationText.rough(Duration.ofNanos(parts.timing().monotonic().nanos() - beganNs)),
                running,
                parts.store().counts().getOrDefault(JobStatus.PENDING, 0L),
                parts.settings().slots(),
                parts.lingering().abandoned().count(),
                parts.controls().isQueueDisabled());
    }

    @Override
    public JobView job(String job) {
        return views.view(parts.lookup().job(job));
    }

    @Override
    public JobPage<JobView> jobs(JobFilter filter) {
        return views.page(parts.store().list(filter));
    }

    @Override
    public Reason why(String job) {
        return parts.reasons().of(parts.lookup().job(job));
    }

    @Override
    public List<Run> runs(String job, long before, int limit) {
        return parts.store().runs(parts.lookup().id(job), before, PageLimit.checked(limit));
    }

    @Override
    public List<LogEntry> logs(String job, int limit) {
        return parts.store().logs(parts.lookup().id(job), PageLimit.checked(limit));
    }

    @Override
    public List<LogEntry> logsAfter(String job, long after, int limit) {
        return parts.store().logsAfter(parts.lookup().id(job), after, PageLimit.checked(limit));
    }

    @Override
    public ResultPage results(String job, long after, int limit) {
        return parts.store().results(parts.lookup().id(job), after, PageLimit.checked(limit));
    }

    @Override
    public Subscription subscribe(String job, long after, LogSubscriber subscriber) {
        return parts.feed().subscribe(parts.lookup().id(job), after, subscriber);
    }

    @Override
    public List<UUID> runningJobs(String module) {
        return parts.runs().using(List.of(module)).stream()
                .map(run -> run.job().id())
                .toList();
    }
}
