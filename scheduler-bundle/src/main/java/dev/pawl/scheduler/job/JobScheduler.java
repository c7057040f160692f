package dev.pawl.scheduler.job;

import dev.pawl.scheduler.feed.LogFeed;
import dev.pawl.scheduler.queue.JobLookup;
import dev.pawl.service.job.Batch;
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
import dev.pawl.service.store.JobStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Takes jobs and answers questions about them: each method finds the job and leaves the work to the class for it. */
public final class JobScheduler implements Scheduler {

    private final JobStore store;
    private final JobLookup lookup;
    private final JobIntake intake;
    private final KeptRequests kept;
    private final JobRetries retries;
    private final JobControl control;
    private final JobViews views;
    private final LogFeed feed;
    private final StatusReport status;
    private final SeriesOfJobs series;

    public JobScheduler(
            JobStore store,
            JobIntake intake,
            KeptRequests kept,
            JobRetries retries,
            JobControl control,
            JobViews views,
            LogFeed feed,
            StatusReport status,
            InstantSource clock) {
        this.store = store;
        this.lookup = new JobLookup(store);
        this.intake = intake;
        this.kept = kept;
        this.retries = retries;
        this.control = control;
        this.views = views;
        this.feed = feed;
        this.status = status;
        this.series = new SeriesOfJobs(store, clock);
    }

    @Override
    public CompletionStage<Submitted> submit(Submission submission) {
        return Attempt.of(() -> intake.submit(submission));
    }

    @Override
    public CompletionStage<List<Submitted>> submit(Batch batch) {
        return Attempt.of(() -> intake.submit(batch));
    }

    @Override
    public JobRequest kept(JobRequest request, @Nullable JobRequest former) {
        return kept.kept(request, former);
    }

    @Override
    public boolean asksTheSame(JobRequest request, JobRequest former) {
        return kept.asksTheSame(request, former);
    }

    @Override
    public JobRequest kept(JobRequest request, @Nullable JobRequest former, List<Set<String>> later) {
        return kept.kept(request, former, later);
    }

    @Override
    public JobRequest checked(Submission submission) {
        return intake.checked(submission);
    }

    @Override
    public JobRequest masked(JobRequest request) {
        return views.masked(request);
    }

    @Override
    public CompletionStage<Submitted> retry(JobRetry retry) {
        return Attempt.of(() -> retries.retry(lookup.job(retry.job()), retry));
    }

    @Override
    public CompletionStage<Job> resume(String job) {
        return Attempt.of(() -> control.resume(lookup.job(job)));
    }

    @Override
    public CompletionStage<Job> stop(String job) {
        return Attempt.of(() -> control.stop(lookup.id(job)));
    }

    @Override
    public CompletionStage<Job> prioritize(String job, int priority) {
        return Attempt.of(() -> control.prioritize(lookup.job(job), priority));
    }

    @Override
    public CompletionStage<Void> remove(String job) {
        return Attempt.of(() -> control.remove(lookup.job(job)));
    }

    @Override
    public SchedulerStatus status() {
        return status.status();
    }

    @Override
    public List<UUID> runningJobs(String module) {
        return status.runningJobs(module);
    }

    @Override
    public JobView job(String job) {
        return views.view(lookup.job(job));
    }

    @Override
    public JobPage<JobView> jobs(JobFilter filter) {
        return views.page(store.list(filter));
    }

    @Override
    public JobTally tally(JobFilter filter, boolean exact) {
        return store.tally(filter, exact);
    }

    @Override
    public JobSeries series(JobSeries.Span span, @Nullable Instant until) {
        return series.of(span, until);
    }

    @Override
    public OpenWaits waits(String job, int most) {
        return store.waits(lookup.id(job), PageLimit.checked(most));
    }

    @Override
    public Reason why(String job) {
        return views.why(lookup.job(job));
    }

    @Override
    public List<Run> runs(String job, long before, int limit) {
        return store.runs(lookup.id(job), before, PageLimit.checked(limit));
    }

    @Override
    public List<LogEntry> logs(String job, int limit) {
        return store.logs(lookup.id(job), PageLimit.checked(limit));
    }

    @Override
    public List<LogEntry> logsAfter(String job, long after, int limit) {
        return store.logsAfter(lookup.id(job), after, PageLimit.checked(limit));
    }

    @Override
    public LogLines log(String job, LogFilter filter) {
        return store.log(lookup.id(job), filter);
    }

    @Override
    public List<Long> matchesByPart(String job, LogFilter filter, int parts) {
        return store.matchesByPart(lookup.id(job), filter, parts);
    }

    @Override
    public ResultPage results(String job, long after, int limit) {
        return store.results(lookup.id(job), after, PageLimit.checked(limit));
    }

    @Override
    public Subscription subscribe(String job, long after, LogSubscriber subscriber) {
        return feed.subscribe(lookup.id(job), after, subscriber);
    }
}
