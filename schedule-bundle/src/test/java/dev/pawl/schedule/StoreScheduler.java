package dev.pawl.schedule;

import dev.pawl.base.future.FutureFailure;
import dev.pawl.schedule.MortalStore.Mortality;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.Batch;
import dev.pawl.service.job.DueFire;
import dev.pawl.service.job.EarlierJobs;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobPage;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobRetry;
import dev.pawl.service.job.JobSeries;
import dev.pawl.service.job.JobTally;
import dev.pawl.service.job.JobView;
import dev.pawl.service.job.LogEntry;
import dev.pawl.service.job.LogFilter;
import dev.pawl.service.job.LogLines;
import dev.pawl.service.job.LogSubscriber;
import dev.pawl.service.job.OpenWaits;
import dev.pawl.service.job.Reason;
import dev.pawl.service.job.ResultPage;
import dev.pawl.service.job.Run;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.job.SchedulerStatus;
import dev.pawl.service.job.Submission;
import dev.pawl.service.job.Submitted;
import dev.pawl.service.job.Subscription;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A scheduler that adds jobs to a real store and runs none: a test claims and ends them. Safe for many threads. */
final class StoreScheduler implements Scheduler {

    private final JobStore store;
    private final JobStore runs;
    private final InstantSource clock;
    private final Map<UUID, LogSubscriber> subscribers = new ConcurrentHashMap<>();

    /** The refusal of each submission; null to take them. */
    volatile @Nullable RuntimeException refusal;

    private final @Nullable Mortality mortality;

    StoreScheduler(JobStore store, InstantSource clock) {
        this(store, store, clock, null);
    }

    /**
     * A scheduler of one of several processes.
     *
     * @param runs the store of the process in which all jobs run
     * @param mortality the life of the process that it belongs to; null when that lives for ever
     */
    StoreScheduler(JobStore store, JobStore runs, InstantSource clock, @Nullable Mortality mortality) {
        this.store = store;
        this.runs = runs;
        this.clock = clock;
        this.mortality = mortality;
    }

    private static final class Held extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient UUID holder;

        Held(UUID holder) {
            this.holder = holder;
        }
    }

    @Override
    public CompletionStage<Submitted> submit(Submission submission) {
        RuntimeException refused = refusal;
        if (refused != null) {
            return CompletableFuture.failedStage(refused);
        }
        AuditedChange change = AuditedChange.current();
        return add(submission, change);
    }

    private CompletionStage<Submitted> add(Submission submission, @Nullable AuditedChange change) {
        DueFire fire = Objects.requireNonNull(submission.fire());
        UUID id = UUID.randomUUID();
        NewJob job = new NewJob(
                id,
                submission.request(),
                clock.instant(),
                holder -> {
                    if (fire.earlier() == EarlierJobs.STOP) {
                        throw new Held(holder.id());
                    }
                },
                null,
                fire,
                change);
        CompletionStage<List<Job>> stored =
                mortality == null ? store.add(List.of(job)) : mortality.survives(() -> store.add(List.of(job)));
        return stored.thenApply(
                        added -> new Submitted(added.get(0), !added.get(0).id().equals(id)))
                .exceptionallyCompose(failure -> FutureFailure.cause(failure) instanceof Held held
                        ? end(held.holder, new RunMove.Stopped(clock.instant()))
                                .thenCompose(stopped -> add(submission, change))
                        : CompletableFuture.failedStage(failure));
    }

    /** Starts all jobs that may start. */
    List<Job> claim() {
        return runs.claim(new ClaimRequest("here", 1_000, 1_000, null, Map.of(), clock.instant(), null))
                .toCompletableFuture()
                .join();
    }

    /** Ends a job. */
    CompletionStage<Void> end(UUID job, RunMove move) {
        Job present = runs.find(job).orElseThrow();
        return runs.write(RunWrite.ofRuntime(present).withMove(move)).thenAccept(written -> {
            LogSubscriber subscriber = subscribers.remove(job);
            if (subscriber != null) {
                subscriber.ended();
            }
        });
    }

    @Override
    public JobRequest kept(JobRequest request, @Nullable JobRequest former) {
        return request;
    }

    @Override
    public boolean asksTheSame(JobRequest request, JobRequest kept) {
        return request.equals(kept);
    }

    @Override
    public JobRequest kept(JobRequest request, @Nullable JobRequest former, List<Set<String>> later) {
        throw notAsked();
    }

    @Override
    public JobRequest checked(Submission submission) {
        throw notAsked();
    }

    @Override
    public JobRequest masked(JobRequest kept) {
        return kept;
    }

    @Override
    public Subscription subscribe(String job, long after, LogSubscriber subscriber) {
        UUID id = UUID.fromString(job);
        subscribers.put(id, subscriber);
        if (store.find(id).map(found -> found.state().status().isFinal()).orElse(true)) {
            subscribers.remove(id);
            subscriber.ended();
        }
        return new Subscription() {
            @Override
            public void resume() {}

            @Override
            public void close() {
                subscribers.remove(id, subscriber);
            }
        };
    }

    @Override
    public CompletionStage<List<Submitted>> submit(Batch batch) {
        throw notAsked();
    }

    @Override
    public OpenWaits waits(String job, int most) {
        throw notAsked();
    }

    @Override
    public CompletionStage<Submitted> retry(JobRetry retry) {
        throw notAsked();
    }

    @Override
    public CompletionStage<Job> prioritize(String job, int priority) {
        throw notAsked();
    }

    @Override
    public CompletionStage<Job> resume(String job) {
        throw notAsked();
    }

    @Override
    public CompletionStage<Job> stop(String job) {
        throw notAsked();
    }

    @Override
    public CompletionStage<Void> remove(String job) {
        throw notAsked();
    }

    @Override
    public SchedulerStatus status() {
        throw notAsked();
    }

    @Override
    public JobView job(String job) {
        throw notAsked();
    }

    @Override
    public JobPage<JobView> jobs(JobFilter filter) {
        throw notAsked();
    }

    @Override
    public JobTally tally(JobFilter filter, boolean exact) {
        throw notAsked();
    }

    @Override
    public Reason why(String job) {
        throw notAsked();
    }

    @Override
    public List<Run> runs(String job, long before, int limit) {
        throw notAsked();
    }

    @Override
    public List<LogEntry> logs(String job, int limit) {
        throw notAsked();
    }

    @Override
    public List<LogEntry> logsAfter(String job, long after, int limit) {
        throw notAsked();
    }

    @Override
    public JobSeries series(JobSeries.Span span, @Nullable Instant until) {
        throw notAsked();
    }

    @Override
    public LogLines log(String job, LogFilter filter) {
        throw notAsked();
    }

    @Override
    public List<Long> matchesByPart(String job, LogFilter filter, int parts) {
        throw notAsked();
    }

    @Override
    public ResultPage results(String job, long after, int limit) {
        throw notAsked();
    }

    @Override
    public List<UUID> runningJobs(String module) {
        throw notAsked();
    }

    private static AssertionError notAsked() {
        return new AssertionError("Schedules do not ask for this.");
    }
}
