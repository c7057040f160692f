package dev.pawl.service.job;

import dev.pawl.service.problem.ProblemException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes jobs, runs them and answers for them: what every adapter calls. Safe for many threads. Wherever a job is named, its id
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

    /** The waiting jobs in order, at most {@code limit} (1 to 10,000). */
    Queue queue(int limit);

    /** Pauses the queue, or lets it go on; kept over a restart. What runs goes on. */
    CompletionStage<Void> disableQueue(boolean disabled);

    /** Removes all waiting jobs; completes with their number. */
    CompletionStage<Integer> clearQueue();

    /**
     * Pauses the start of jobs of one module, here and by external workers, or lets it go on; kept over a restart. What runs goes
     * on. A module that is not installed cannot be paused.
     */
    CompletionStage<Void> pauseModule(String module, boolean paused);

    /**
     * Starts no more jobs of these modules and brings the running ones off them: what must come before their bundle stops.
     * They stay held until {@link #release}. With {@link UpdateMode#FINISH} the running ones are left where they are; their bundle
     * is then to be given to {@link #retire}. Blocks until every job has left: at the longest the drain time, the time that ends a
     * thread, and the time limit of a module's cleanup.
     *
     * @param drainTime how long {@link UpdateMode#MOVE} waits for a checkpoint
     * @param why what their runs say of it: {@link ParkReason#MODULE_UPDATE} or {@link ParkReason#MODULE_GONE}
     * @return what happened to each running job
     */
    List<JobMove> drain(Collection<String> modules, UpdateMode mode, Duration drainTime, ParkReason why);

    /** Lets the modules that {@link #drain} held start jobs again. */
    void release(Collection<String> modules);

    /** The ids of the running jobs with a task of the module, of whichever version, that is not done. */
    List<UUID> runningJobs(String module);

    /**
     * Gives the modules of a bundle no more jobs, whether another version of them is there or not; the jobs that run there go on.
     * It holds until the bundle goes, or {@link #reinstate}.
     *
     * @param bundle the framework's id of the bundle
     * @return completes on any thread, which must not be blocked, when no job runs there any more
     */
    CompletionStage<Void> retire(long bundle);

    /** Takes {@link #retire} back: the bundle's modules take jobs again, and what waits for its last job is cancelled. */
    void reinstate(long bundle);

    /** The ids of the running jobs with a task of the bundle that is not done. */
    List<UUID> runningJobs(long bundle);

    /** Why the module of a bundle takes no jobs although its service is there, such as inputs that make no schema; empty when it does. */
    Optional<String> refusal(long bundle, String module);
}
