package dev.pawl.testkit.fake;

import dev.pawl.api.module.LogLevel;
import dev.pawl.service.job.Batch;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobPage;
import dev.pawl.service.job.JobQueue;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobResult;
import dev.pawl.service.job.JobRetry;
import dev.pawl.service.job.JobSeries;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.JobTally;
import dev.pawl.service.job.JobView;
import dev.pawl.service.job.LogEntry;
import dev.pawl.service.job.LogFilter;
import dev.pawl.service.job.LogLines;
import dev.pawl.service.job.LogSubscriber;
import dev.pawl.service.job.OpenWaits;
import dev.pawl.service.job.Queue;
import dev.pawl.service.job.Reason;
import dev.pawl.service.job.ReasonCode;
import dev.pawl.service.job.RequestKey;
import dev.pawl.service.job.ResultPage;
import dev.pawl.service.job.Run;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.job.SchedulerStatus;
import dev.pawl.service.job.Submission;
import dev.pawl.service.job.Submitted;
import dev.pawl.service.job.Subscription;
import dev.pawl.service.job.WaitingReason;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A scheduler that accepts jobs and runs none: a test changes their status and writes their logs. Safe for many threads. */
public final class FakeScheduler implements Scheduler, JobQueue {

    public static final Reason WAITS =
            new Reason(ReasonCode.QUEUED, "Queued behind 2 jobs.", "It starts when they have ended.", 3);

    public final List<JobRequest> requests = new CopyOnWriteArrayList<>();
    public final Map<UUID, Job> jobs = new ConcurrentSkipListMap<>();
    public final List<JobRetry> retries = new CopyOnWriteArrayList<>();
    public final Map<UUID, OpenWaits> waits = new ConcurrentHashMap<>();
    public final List<UUID> resumed = new CopyOnWriteArrayList<>();
    public final Set<String> pausedModules = ConcurrentHashMap.newKeySet();
    public final List<UUID> askedToStop = new CopyOnWriteArrayList<>();
    public final Map<UUID, List<LogEntry>> logs = new ConcurrentHashMap<>();
    public final Map<UUID, List<JobResult>> results = new ConcurrentHashMap<>();
    public final List<FakeSubscription> subscriptions = new CopyOnWriteArrayList<>();

    /** The lock held while entries are delivered, so that replayed and new entries stay in order. */
    private final Object delivery = new Object();

    /** The answers that are kept, also for requests that start no jobs. */
    public final MemoryAnswers answers = new MemoryAnswers();

    /** Blocks the completion of starts until it is complete. */
    public volatile CompletableFuture<Void> starting = CompletableFuture.completedFuture(null);

    public volatile JobFilter filter = JobFilter.all();
    public volatile boolean queueDisabled;
    public volatile @Nullable RuntimeException failure;

    /** Blocks starts of jobs and reads of the status and of lists until it is complete. */
    public volatile CompletableFuture<Void> hold = CompletableFuture.completedFuture(null);

    /** The answer to the next stop; null to stop the job as a scheduler does. */
    public volatile @Nullable CompletionStage<Job> stopping;

    /** Adds a job unchanged. */
    public Job add(Job job) {
        jobs.put(job.id(), job);
        return job;
    }

    /** Forgets all jobs, requests and subscriptions. */
    public void forget() {
        jobs.clear();
        requests.clear();
        subscriptions.clear();
    }

    /** Ends a job and its subscriptions. */
    public void complete(Job job) {
        synchronized (delivery) {
            jobs.put(job.id(), Jobs.of(job.id(), job.request(), JobStatus.COMPLETED, null));
            subscriptions.stream().filter(one -> one.job().equals(job.id())).forEach(FakeSubscription::end);
        }
    }

    /** Writes a line, and delivers it to the followers. */
    public LogEntry log(Job job, String message) {
        synchronized (delivery) {
            List<LogEntry> log = logs.computeIfAbsent(job.id(), id -> new CopyOnWriteArrayList<>());
            var entry = new LogEntry(log.size() + 1, Jobs.CREATED, LogLevel.INFO, message, 0, 1);
            log.add(entry);
            subscriptions.stream().filter(one -> one.job().equals(job.id())).forEach(one -> one.deliver(entry));
            return entry;
        }
    }

    @Override
    public CompletionStage<Submitted> submit(Submission submission) {
        JobRequest request = submission.request();
        if (submission.allInstalled()) {
            fail();
            if (request.tasks().stream().anyMatch(task -> task.module().equals("nowhere"))) {
                return CompletableFuture.failedFuture(
                        new ProblemException(ProblemCode.UNKNOWN_MODULE, "There is no module \"nowhere\"."));
            }
        }
        requests.add(request);
        return starting.thenApplyAsync(nothing -> submitted(request, submission.key()));
    }

    private Submitted submitted(JobRequest request, @Nullable RequestKey key) {
        Optional<Job> holder = request.uniqueKey().isEmpty()
                ? Optional.empty()
                : jobs.values().stream()
                        .filter(job -> job.request().uniqueKey().equals(request.uniqueKey()))
                        .findFirst();
        Job job = holder.orElseGet(() -> add(Jobs.of(request, JobStatus.PENDING)));
        Submitted submitted = new Submitted(job, holder.isPresent());
        if (key != null) {
            answers.keep(key, answer(submitted));
        }
        return submitted;
    }

    private static String answer(Submitted submitted) {
        return "{\"id\":\"" + submitted.job().id() + "\",\"status\":\""
                + submitted.job().state().status().wireName() + "\",\"existing\":" + submitted.existing() + "}";
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
        return request;
    }

    @Override
    public JobRequest checked(Submission submission) {
        return submission.request();
    }

    @Override
    public JobRequest masked(JobRequest kept) {
        return kept;
    }

    @Override
    public CompletionStage<Submitted> retry(JobRetry retry) {
        Job old = job(retry.job()).job();
        if (!old.state().status().isFinal() || old.state().status() == JobStatus.COMPLETED) {
            throw new ProblemException(ProblemCode.JOB_NOT_FAILED, "Job " + old.id() + " is not failed.");
        }
        retries.add(retry);
        JobRequest.Builder request = JobRequest.builder(old.request().tasks()).retryOf(old.id());
        Submission submission = Submission.ofAnyModule(request.build());
        return submit(retry.key() == null ? submission : submission.withKey(retry.key()));
    }

    @Override
    public CompletionStage<List<Submitted>> submit(Batch batch) {
        fail();
        requests.addAll(batch.requests());
        List<Submitted> all = batch.requests().stream()
                .map(request -> submitted(request, null))
                .toList();
        RequestKey key = batch.key();
        if (key != null) {
            answers.keep(
                    key, all.stream().map(FakeScheduler::answer).collect(Collectors.joining(",", "{\"jobs\":[", "]}")));
        }
        return starting.thenApply(nothing -> all);
    }

    @Override
    public OpenWaits waits(String job, int most) {
        return waits.getOrDefault(find(job).id(), OpenWaits.NONE);
    }

    @Override
    public CompletionStage<Job> resume(String job) {
        resumed.add(find(job).id());
        return CompletableFuture.completedFuture(find(job));
    }

    @Override
    public CompletionStage<Job> prioritize(String job, int priority) {
        return CompletableFuture.completedFuture(find(job));
    }

    @Override
    public CompletionStage<Job> stop(String job) {
        Job found = find(job);
        askedToStop.add(found.id());
        CompletionStage<Job> prepared = stopping;
        if (prepared != null) {
            return prepared;
        }
        if (found.state().status().isFinal()) {
            return CompletableFuture.failedFuture(
                    new ProblemException(ProblemCode.JOB_NOT_ACTIVE, "The job has ended."));
        }
        return CompletableFuture.completedFuture(add(Jobs.of(found.id(), found.request(), JobStatus.STOPPED, null)));
    }

    @Override
    public CompletionStage<Void> remove(String job) {
        Job found = find(job);
        if (found.state().status() == JobStatus.RUNNING) {
            return CompletableFuture.failedFuture(new ProblemException(ProblemCode.JOB_RUNNING, "The job runs."));
        }
        jobs.remove(found.id());
        subscriptions.stream().filter(one -> one.job().equals(found.id())).forEach(FakeSubscription::end);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public SchedulerStatus status() {
        fail();
        List<Job> running = inStatus(JobStatus.RUNNING);
        return new SchedulerStatus(
                "worker-1",
                Jobs.CREATED,
                "2h 15m",
                running,
                inStatus(JobStatus.PENDING).size(),
                16,
                0,
                queueDisabled);
    }

    @Override
    public JobView job(String job) {
        Job found = find(job);
        return new JobView(found, found.state().status() == JobStatus.PENDING ? WAITS : null);
    }

    @Override
    public JobPage<JobView> jobs(JobFilter wanted) {
        filter = wanted;
        hold.join();
        return new JobPage<>(
                jobs.keySet().stream().map(id -> job(id.toString())).toList(), jobs.isEmpty() ? null : "next");
    }

    @Override
    public JobTally tally(JobFilter wanted, boolean exact) {
        filter = wanted;
        Map<JobStatus, Long> counts = jobs.values().stream()
                .collect(Collectors.groupingBy(job -> job.state().status(), Collectors.counting()));
        return exact ? JobTally.exact(counts) : JobTally.capped(counts);
    }

    @Override
    public Reason why(String job) {
        find(job);
        return WAITS;
    }

    @Override
    public List<Run> runs(String job, long before, int limit) {
        List<Run> earlier = Jobs.runs(find(job)).stream()
                .filter(run -> run.epoch() < before)
                .toList();
        return earlier.subList(Math.max(0, earlier.size() - limit), earlier.size());
    }

    @Override
    public List<LogEntry> logs(String job, int limit) {
        List<LogEntry> log = logs.getOrDefault(find(job).id(), List.of());
        return log.subList(Math.max(0, log.size() - limit), log.size());
    }

    @Override
    public List<LogEntry> logsAfter(String job, long after, int limit) {
        return logs.getOrDefault(find(job).id(), List.of()).stream()
                .filter(entry -> entry.sequence() > after)
                .limit(limit)
                .toList();
    }

    @Override
    public JobSeries series(JobSeries.Span span, @Nullable Instant until) {
        JobSeries.Point point = new JobSeries.Point(Jobs.CREATED, 3, 2, 1, 0, 0, 1, 1, Duration.ofMillis(2), null);
        return new JobSeries(span.step(), List.of(point));
    }

    @Override
    public LogLines log(String job, LogFilter wanted) {
        List<LogEntry> log = logs.getOrDefault(find(job).id(), List.of());
        List<LogEntry> selected = log.stream().filter(wanted::includes).toList();
        int from = wanted.after() == null ? Math.max(0, selected.size() - wanted.limit()) : 0;
        return new LogLines(
                selected.subList(from, Math.min(selected.size(), from + wanted.limit())),
                log.size(),
                log.stream().filter(wanted::matches).count(),
                0);
    }

    @Override
    public List<Long> matchesByPart(String job, LogFilter wanted, int parts) {
        List<LogEntry> log = logs.getOrDefault(find(job).id(), List.of());
        return LongStream.range(0, parts)
                .map(part -> log.stream()
                        .filter(wanted::matches)
                        .filter(line -> (line.sequence() - 1) * parts / log.size() == part)
                        .count())
                .boxed()
                .toList();
    }

    @Override
    public ResultPage results(String job, long after, int limit) {
        List<JobResult> all = results.getOrDefault(find(job).id(), List.of());
        return new ResultPage(
                all.stream().filter(one -> one.sequence() > after).limit(limit).toList(), all.size());
    }

    @Override
    public Subscription subscribe(String job, long after, LogSubscriber subscriber) {
        synchronized (delivery) {
            Job found = find(job);
            var subscription = new FakeSubscription(found.id(), subscriber, subscriptions::remove);
            subscriptions.add(subscription);
            logs.getOrDefault(found.id(), List.of()).stream()
                    .filter(entry -> entry.sequence() > after)
                    .forEach(subscription::deliver);
            if (found.state().status().isFinal()) {
                subscription.end();
            }
            return subscription;
        }
    }

    @Override
    public Queue waiting(int limit) {
        List<JobView> waiting = inStatus(JobStatus.PENDING).stream()
                .map(job -> new JobView(job, WAITS))
                .toList();
        return new Queue(waiting.stream().limit(limit).toList(), waiting.size(), queueDisabled);
    }

    @Override
    public List<WaitingReason> reasons() {
        List<Job> waiting = inStatus(JobStatus.PENDING);
        return waiting.isEmpty()
                ? List.of()
                : List.of(new WaitingReason(
                        WAITS.code(), waiting.size(), Jobs.CREATED, WAITS.sentence(), WAITS.unblockedBy()));
    }

    @Override
    public CompletionStage<Void> disable(boolean disabled) {
        queueDisabled = disabled;
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Integer> clear() {
        int waiting = inStatus(JobStatus.PENDING).size();
        jobs.values().removeIf(job -> job.state().status() == JobStatus.PENDING);
        return CompletableFuture.completedFuture(waiting);
    }

    @Override
    public CompletionStage<Void> pauseModule(String module, boolean paused) {
        var unused = paused ? pausedModules.add(module) : pausedModules.remove(module);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public List<UUID> runningJobs(String module) {
        return inStatus(JobStatus.RUNNING).stream().map(Job::id).toList();
    }

    private List<Job> inStatus(JobStatus status) {
        return jobs.values().stream()
                .filter(job -> job.state().status() == status)
                .toList();
    }

    private Job find(String job) {
        List<Job> found = jobs.values().stream()
                .filter(one -> one.id().toString().startsWith(job) && job.length() >= 8)
                .toList();
        if (found.isEmpty()) {
            throw new ProblemException(ProblemCode.UNKNOWN_JOB, "There is no job \"" + job + "\".");
        }
        return found.get(0);
    }

    private void fail() {
        hold.join();
        RuntimeException prepared = failure;
        if (prepared != null) {
            throw prepared;
        }
    }
}
