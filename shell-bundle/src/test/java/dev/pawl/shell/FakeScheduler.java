package dev.pawl.shell;

import dev.pawl.api.module.LogLevel;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobPage;
import dev.pawl.service.job.JobQueue;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobResult;
import dev.pawl.service.job.JobState;
import dev.pawl.service.job.JobState.Attempts;
import dev.pawl.service.job.JobState.LatestRun;
import dev.pawl.service.job.JobState.Position;
import dev.pawl.service.job.JobState.Times;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.JobView;
import dev.pawl.service.job.LogEntry;
import dev.pawl.service.job.LogSubscriber;
import dev.pawl.service.job.Phase;
import dev.pawl.service.job.Progress;
import dev.pawl.service.job.Queue;
import dev.pawl.service.job.Reason;
import dev.pawl.service.job.ReasonCode;
import dev.pawl.service.job.ResultPage;
import dev.pawl.service.job.Run;
import dev.pawl.service.job.RunOutcome;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.job.SchedulerStatus;
import dev.pawl.service.job.Subscription;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Keeps the jobs it is given, waiting or as a test says, and runs none. */
final class FakeScheduler implements Scheduler, JobQueue {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final Reason QUEUED = new Reason(ReasonCode.QUEUED, "Queued behind 3 jobs.", "A free slot lets it run.", 4);

    private final List<JobView> jobs = new ArrayList<>();
    private final Set<String> pausedModules = new HashSet<>();
    private boolean disabled;

    /** Adds a job in a status. */
    UUID add(JobRequest request, JobStatus status) {
        UUID id = new UUID(0x3f2a91c400004000L + jobs.size(), 0x8000000000000000L);
        Failure failure = status == JobStatus.FAILED ? new Failure(Phase.RUN, 0, "hello", "No such file.", null) : null;
        JobState state = new JobState(
                status,
                new Attempts(1, 1, 0),
                new Position(0, Map.of("step", 3), "1.2.0", Map.of(), new Progress(40, Map.of())),
                Times.NONE.withStartedAt(NOW),
                new LatestRun("worker-1", null, "1.2.0"),
                null,
                failure);
        jobs.add(new JobView(new Job(id, request, NOW, state), status == JobStatus.PENDING ? QUEUED : null));
        return id;
    }

    Set<String> pausedModules() {
        return Set.copyOf(pausedModules);
    }

    boolean isDisabled() {
        return disabled;
    }

    @Override
    public CompletionStage<Job> start(JobRequest request) {
        if (!request.tasks().get(0).module().equals("hello")) {
            throw new ProblemException(ProblemCode.UNKNOWN_MODULE, "There is no module \"nope\".");
        }
        return CompletableFuture.completedFuture(
                job(add(request, JobStatus.PENDING).toString()).job());
    }

    @Override
    public CompletionStage<Job> stop(String job) {
        return CompletableFuture.failedFuture(new ProblemException(ProblemCode.JOB_NOT_ACTIVE, "The job has ended."));
    }

    @Override
    public JobView job(String job) {
        return jobs.stream()
                .filter(view -> view.job().id().toString().startsWith(job))
                .findFirst()
                .orElseThrow(() -> new ProblemException(ProblemCode.UNKNOWN_JOB, "There is no job \"" + job + "\"."));
    }

    @Override
    public JobPage<JobView> jobs(JobFilter filter) {
        return new JobPage<>(jobs.stream().limit(filter.limit()).toList(), null);
    }

    @Override
    public Reason why(String job) {
        return QUEUED;
    }

    @Override
    public List<Run> runs(String job, long before, int limit) {
        job(job);
        Failure failure = new Failure(Phase.RUN, 0, "hello", "No such host.", null);
        return List.of(
                new Run(1, 0, "1.1.0", "here", NOW, NOW, RunOutcome.RETRY, failure),
                new Run(2, 0, "1.2.0", "here", NOW, null, RunOutcome.RUNNING, null));
    }

    @Override
    public List<LogEntry> logs(String job, int limit) {
        return List.of(new LogEntry(1, NOW, LogLevel.WARNING, "word ".repeat(30).strip() + "\u001b[2J", 0, 1));
    }

    @Override
    public ResultPage results(String job, long after, int limit) {
        return new ResultPage(List.of(new JobResult(1, NOW, 0, "{\"n\":1}", true)), 1);
    }

    @Override
    public Queue waiting(int limit) {
        return new Queue(jobs, jobs.size(), disabled);
    }

    @Override
    public CompletionStage<Void> disable(boolean wanted) {
        disabled = wanted;
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<List<Job>> start(List<JobRequest> requests) {
        throw unasked();
    }

    @Override
    public CompletionStage<Job> enqueue(JobRequest request) {
        throw unasked();
    }

    @Override
    public CompletionStage<Job> resume(String job) {
        throw unasked();
    }

    @Override
    public CompletionStage<Void> remove(String job) {
        throw unasked();
    }

    @Override
    public SchedulerStatus status() {
        throw unasked();
    }

    @Override
    public List<LogEntry> logsAfter(String job, long after, int limit) {
        throw unasked();
    }

    @Override
    public Subscription subscribe(String job, long after, LogSubscriber subscriber) {
        throw unasked();
    }

    @Override
    public CompletionStage<Integer> clear() {
        throw unasked();
    }

    @Override
    public CompletionStage<Void> pauseModule(String module, boolean paused) {
        var unused = paused ? pausedModules.add(module) : pausedModules.remove(module);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public List<UUID> runningJobs(String module) {
        throw unasked();
    }

    private static AssertionError unasked() {
        return new AssertionError("No command asks this of the scheduler.");
    }
}
