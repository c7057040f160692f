package dev.pawl.service.job;

import dev.pawl.service.problem.ProblemException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes jobs, runs them and answers for them. Safe for many threads. Wherever a job is named, its id
 * or a unique prefix of 8 or more characters will do; a name that fits none, or several, is a {@link ProblemException}. Reads
 * block for a short read of the store. A future completes after the change is on disk, or exceptionally with a
 * {@link ProblemException}.
 */
@ProviderType
public interface Scheduler {

    /**
     * Takes a job whose modules are all installed here, and checks its inputs and settings against their schemas.
     *
     * @return the job, on disk; the live one when its unique key names one
     */
    CompletionStage<Job> start(JobRequest request);

    /** Takes many jobs in one transaction: all, or none when one is refused. In the order given. */
    CompletionStage<List<Job>> start(List<JobRequest> requests);

    /** Takes a job even when its modules are not installed here; it waits for a worker that has them. */
    CompletionStage<Job> enqueue(JobRequest request);

    /** Lets a waiting job start now where it was waiting for a time; final jobs are refused. */
    CompletionStage<Job> resume(String job);

    /**
     * Stops a job that waits or runs: the flag is set and written to its log at once, and the future completes when the job
     * is {@code stopped}, at the latest after both grace times and the time limit of the module's cleanup.
     */
    CompletionStage<Job> stop(String job);

    /** Removes a pending or finished job with its log and results. */
    CompletionStage<Void> remove(String job);

    /** How it is. */
    SchedulerStatus status();

    /** One job. */
    JobView job(String job);

    /** A page of jobs. */
    JobPage<JobView> jobs(JobFilter filter);

    /** Why it is not running. */
    Reason why(String job);

    /** The latest runs of a job before an epoch, at most {@code limit} (1 to 1,000), the first one first; fewer when they are large. */
    List<Run> runs(String job, long before, int limit);

    /** The latest runs of a job, at most 1,000, the first one first; fewer when they are large. */
    default List<Run> runs(String job) {
        return runs(job, Long.MAX_VALUE, 1_000);
    }

    /** The last {@code limit} entries (1 to 10,000) of a job's log, in time order. */
    List<LogEntry> logs(String job, int limit);

    /** The first {@code limit} entries (1 to 10,000) after a sequence number. */
    List<LogEntry> logsAfter(String job, long after, int limit);

    /** Results after a sequence number, at most {@code limit} (1 to 10,000). */
    ResultPage results(String job, long after, int limit);

    /** Delivers a job's log: first what is stored after the sequence number, then each entry as it happens; no gap, no double. */
    Subscription subscribe(String job, long after, LogSubscriber subscriber);

    /** Ends a subscription; the same as {@link Subscription#close()}. */
    default void unsubscribe(Subscription subscription) {
        subscription.close();
    }

    /** The ids of the running jobs with a task of the module, of whichever version, that is not done. */
    List<UUID> runningJobs(String module);
}
