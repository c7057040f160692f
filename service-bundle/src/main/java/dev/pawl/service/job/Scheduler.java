package dev.pawl.service.job;

import dev.pawl.service.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Accepts jobs, runs them and reports on them. Safe for use by several threads. Wherever a job is named, its id or a unique prefix of 8 or
 * more characters is accepted; a name that matches no job, or several, is a {@link ProblemException}. Reads block for a short read of the
 * store. A future completes after the change is on disk, or exceptionally with a {@link ProblemException}.
 */
@ProviderType
public interface Scheduler {

    /**
     * Adds a job, after checking its inputs and settings against the schemas of its modules. When another job holds its unique key, the
     * {@linkplain OnConflict rule} of the request decides; with {@code REPLACE} the future completes after that job has stopped, as {@link
     * #stop} says, and the new one is on disk. A {@linkplain DueFire due time} of a schedule is recorded with its job; when an earlier job of the
     * schedule stands in its way, no job is added, that is recorded, and the outcome is the earlier one. When the schedule was changed since it
     * was read, the future fails with {@code SCHEDULE_CHANGED}, and nothing has changed. A {@linkplain HookDelivery call} of a hook is recorded
     * with its job too; when its id is remembered, the future fails with {@code DELIVERY_KNOWN}.
     *
     * @return the job, on disk, or the one that holds the unique key
     */
    CompletionStage<Submitted> submit(Submission submission);

    /**
     * Checks a request that is to be submitted later, again and again, as far as its modules are installed here.
     *
     * @param former the request that it replaces, as it was kept: a secret that is given as its mask has the value from there; null when
     *     there is none
     * @return the request with its secrets sealed, to be kept
     */
    JobRequest kept(JobRequest request, @Nullable JobRequest former);

    /** Whether a request asks for the same as a kept one, secrets included, whoever asks; a mask stands for the kept secret. */
    boolean asksTheSame(JobRequest request, JobRequest kept);

    /**
     * Checks a request as {@link #kept(JobRequest, JobRequest)} does, some of whose inputs come with each submission.
     *
     * @param later for each task the names of these inputs; empty when there are none
     */
    JobRequest kept(JobRequest request, @Nullable JobRequest former, List<Set<String>> later);

    /**
     * The request of the job that a submission would add, without its secrets; nothing is added.
     *
     * @throws ProblemException when it would be refused, be it not for a unique key
     */
    JobRequest checked(Submission submission);

    /** A kept request without its secrets, to be shown. */
    JobRequest masked(JobRequest kept);

    /** Adds a job whose modules are all installed here; the same as {@link #submit} without a request key. */
    default CompletionStage<Job> start(JobRequest request) {
        return submit(Submission.of(request)).thenApply(Submitted::job);
    }

    /**
     * Adds several jobs in one transaction, in the order given: all, or none when one is refused. Those that would wait for each other in a
     * circle, and two with the same unique key, are refused.
     *
     * @return for each, in order, its outcome as of {@link #submit(Submission)}
     */
    CompletionStage<List<Submitted>> submit(Batch batch);

    /** Adds several jobs; the same as {@link #submit(Batch)} without a request key. */
    default CompletionStage<List<Job>> start(List<JobRequest> requests) {
        return submit(new Batch(requests, null))
                .thenApply(all -> all.stream().map(Submitted::job).toList());
    }

    /** Adds a job even when its modules are not installed here; it waits for a worker that has them. */
    default CompletionStage<Job> enqueue(JobRequest request) {
        return submit(Submission.ofAnyModule(request)).thenApply(Submitted::job);
    }

    /**
     * Adds a job with the request of one that has failed or was stopped, which stays as it is. The new one starts as soon as possible, with
     * the versions and settings of modules that are there then. It takes over the unique key of the old one; when yet another job holds that,
     * or the old one has completed or has not ended, it is refused.
     */
    CompletionStage<Submitted> retry(JobRetry retry);

    /** Makes a job that waits for a certain time due now; a job that has ended is refused. */
    CompletionStage<Job> resume(String job);

    /**
     * Stops a waiting or running job: the request is set and logged at once, and the future completes when the job is {@code stopped}, at
     * the latest after both grace times and the time limit of the module's cleanup.
     */
    CompletionStage<Job> stop(String job);

    /** Gives a waiting job another priority, -1,000 to 1,000, which counts from now on; one that runs or has ended is refused. */
    CompletionStage<Job> prioritize(String job, int priority);

    /** Removes a pending or finished job with its log and results. */
    CompletionStage<Void> remove(String job);

    /** The status of the scheduler. */
    SchedulerStatus status();

    /** One job. */
    JobView job(String job);

    /** A page of jobs. */
    JobPage<JobView> jobs(JobFilter filter);

    /**
     * The numbers of the jobs that a filter lets through, whatever its order and page.
     *
     * @param exact whether they are counted to the end, which reads as many jobs as there are
     */
    JobTally tally(JobFilter filter, boolean exact);

    /**
     * The changes of jobs in a span of time that ends with the step of a given one; a minute that has ended is on disk at the latest ten
     * minutes later.
     *
     * @param until a time; null for the present, which a later one counts as
     */
    JobSeries series(JobSeries.Span span, @Nullable Instant until);

    /** The jobs for which a job waits, and those that wait for it, at most {@code most} of each. */
    OpenWaits waits(String job, int most);

    /** The reason why a job is not running. */
    Reason why(String job);

    /** The latest runs of a job before an epoch, at most {@code limit} (1 to 1,000), in order; fewer when they are large. */
    List<Run> runs(String job, long before, int limit);

    /** The latest runs of a job, at most 1,000, in order; fewer when they are large. */
    default List<Run> runs(String job) {
        return runs(job, Long.MAX_VALUE, 1_000);
    }

    /** The last {@code limit} entries (1 to 10,000) of a job's log, in time order. */
    List<LogEntry> logs(String job, int limit);

    /** The first {@code limit} entries (1 to 10,000) after a sequence number. */
    List<LogEntry> logsAfter(String job, long after, int limit);

    /** A selection of a job's log, with the extent of the log at the same moment; fewer lines when they are large. */
    LogLines log(String job, LogFilter filter);

    /** The number of lines that a filter selects by content in each of so many equal parts (1 to 1,000) of a job's log, the first part first. */
    List<Long> matchesByPart(String job, LogFilter filter, int parts);

    /** Results after a sequence number, at most {@code limit} (1 to 10,000). */
    ResultPage results(String job, long after, int limit);

    /** Delivers a job's log: first the stored entries after the sequence number, then each new one, without gaps or duplicates. */
    Subscription subscribe(String job, long after, LogSubscriber subscriber);

    /** Ends a subscription; the same as {@link Subscription#close()}. */
    default void unsubscribe(Subscription subscription) {
        subscription.close();
    }

    /** The ids of the running jobs with an unfinished task of the module, in any version. */
    List<UUID> runningJobs(String module);
}
