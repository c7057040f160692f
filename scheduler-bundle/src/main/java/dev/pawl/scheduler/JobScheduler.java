package dev.pawl.scheduler;

import dev.pawl.scheduler.run.EndCause;
import dev.pawl.scheduler.schema.DurationText;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobMove;
import dev.pawl.service.job.JobPage;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.JobView;
import dev.pawl.service.job.LogEntry;
import dev.pawl.service.job.LogSubscriber;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.Queue;
import dev.pawl.service.job.Reason;
import dev.pawl.service.job.ResultPage;
import dev.pawl.service.job.Run;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.job.SchedulerStatus;
import dev.pawl.service.job.Subscription;
import dev.pawl.service.job.UpdateMode;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.NewJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What adapters call: each method finds the job, lets the part whose business it is do the work, and hides secrets. */
final class JobScheduler implements Scheduler {

    private static final int LONGEST_PAGE = 10_000;

    private final SchedulerParts parts;
    private final StopJob stopping;
    private final JobViews views;
    private final long beganNs;

    JobScheduler(SchedulerParts parts) {
        this.parts = parts;
        this.stopping = new StopJob(parts);
        this.views = new JobViews(parts);
        this.beganNs = parts.plant().monotonic().nanos();
    }

    @Override
    public CompletionStage<Job> start(JobRequest request) {
        return attempt(() -> add(List.of(request), true).thenApply(jobs -> jobs.get(0)));
    }

    @Override
    public CompletionStage<List<Job>> start(List<JobRequest> requests) {
        return attempt(() -> add(requests, true));
    }

    @Override
    public CompletionStage<Job> enqueue(JobRequest request) {
        return attempt(() -> add(List.of(request), false).thenApply(jobs -> jobs.get(0)));
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
        return attempt(() -> {
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
        return attempt(() -> stopping.stop(parts.lookup().id(job)).thenApply(parts.secrets()::masked));
    }

    @Override
    public CompletionStage<Void> remove(String job) {
        return attempt(() -> {
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
                DurationText.rough(Duration.ofNanos(parts.plant().monotonic().nanos() - beganNs)),
                running,
                parts.store().counts().getOrDefault(JobStatus.PENDING, 0L),
                parts.settings().slots(),
                parts.plant().abandoned().count(),
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
        return parts.store().runs(parts.lookup().id(job), before, checked(limit));
    }

    @Override
    public List<LogEntry> logs(String job, int limit) {
        return parts.store().logs(parts.lookup().id(job), checked(limit));
    }

    @Override
    public List<LogEntry> logsAfter(String job, long after, int limit) {
        return parts.store().logsAfter(parts.lookup().id(job), after, checked(limit));
    }

    @Override
    public ResultPage results(String job, long after, int limit) {
        return parts.store().results(parts.lookup().id(job), after, checked(limit));
    }

    @Override
    public Subscription subscribe(String job, long after, LogSubscriber subscriber) {
        return parts.feed().subscribe(parts.lookup().id(job), after, subscriber);
    }

    @Override
    public Queue queue(int limit) {
        return views.queue(checked(limit));
    }

    @Override
    public CompletionStage<Void> disableQueue(boolean disabled) {
        return changed(parts.controls().disableQueue(disabled));
    }

    @Override
    public CompletionStage<Integer> clearQueue() {
        return attempt(() -> Confirmation.within(parts.store().removePending(), "The removal of the waiting jobs")
                .thenApply(removed -> {
                    parts.removedMany();
                    return removed;
                }));
    }

    @Override
    public CompletionStage<Void> pauseModule(String module, boolean paused) {
        return attempt(() -> {
            if (paused) { // whatever was paused may go on, also when it has gone meanwhile
                parts.submission().requireInstalled(module);
            }
            return changed(parts.controls().pause(module, paused));
        });
    }

    @Override
    public List<JobMove> drain(Collection<String> modules, UpdateMode mode, Duration drainTime, ParkReason why) {
        parts.controls().hold(modules);
        return parts.drain().modules(modules, mode, drainTime, EndCause.of(why));
    }

    @Override
    public void release(Collection<String> modules) {
        parts.controls().release(modules);
        parts.dispatcher().wake();
    }

    @Override
    public List<UUID> runningJobs(String module) {
        return parts.runs().using(List.of(module)).stream()
                .map(run -> run.job().id())
                .toList();
    }

    @Override
    public CompletionStage<Void> retire(long bundle) {
        return parts.retirements().retire(bundle);
    }

    @Override
    public void reinstate(long bundle) {
        parts.retirements().reinstate(bundle);
    }

    @Override
    public List<UUID> runningJobs(long bundle) {
        return parts.runs().using(bundle).stream().map(run -> run.job().id()).toList();
    }

    @Override
    public Optional<String> refusal(long bundle, String module) {
        return parts.modules().refusal(bundle, module);
    }

    /** A change of what may start: what was claimed before it has begun when it is over, and nothing is claimed any more that it forbids. */
    private CompletionStage<Void> changed(CompletionStage<Void> change) {
        return Confirmation.within(change, "The pause or its end")
                .thenRunAsync(
                        () -> {
                            parts.dispatcher().settle();
                            parts.dispatcher().wake();
                        },
                        parts.background());
    }

    private static <T> CompletionStage<T> attempt(Supplier<CompletionStage<T>> work) {
        try {
            return work.get();
        } catch (ProblemException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static int checked(int limit) {
        if (limit < 1 || limit > LONGEST_PAGE) {
            throw new IllegalArgumentException("limit is " + limit + "; it takes 1 to " + LONGEST_PAGE + ".");
        }
        return limit;
    }
}
