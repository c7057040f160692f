package dev.pawl.service.store;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobPage;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.LogEntry;
import dev.pawl.service.job.ResultPage;
import dev.pawl.service.job.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps jobs. Safe for many threads. {@code JobStoreContract} in testkit-base states, as tests, what every implementation does.
 *
 * <p>Each changing method is one transaction; its future completes after the commit is on disk, on a thread of the store that
 * must not be blocked, or exceptionally with a {@link dev.pawl.service.problem.ProblemException} of code
 * {@code STORE_UNAVAILABLE} and with nothing changed. Changes take effect in the order in which the methods were called.
 * Reading methods see every change whose future has completed, and throw that exception on the calling thread. Once the store is
 * closed, both answer with {@code SHUTTING_DOWN}. Times are kept to the microsecond.
 *
 * <p>What answers with several jobs, runs, lines or results may answer with fewer than were asked for when they are large, so that no
 * answer fills the memory: about {@value #PAGE_CHARACTERS} characters in all, and at least one. What is left comes with the next page.
 */
@ProviderType
public interface JobStore {

    /** About how many characters an answer may have. */
    long PAGE_CHARACTERS = 8L * 1024 * 1024;

    /** How many former runs of a job are kept. */
    int MOST_RUNS = 1_000;

    /**
     * Adds jobs, all or none. Where a unique key belongs to a live job of the same modules, that one stands for the new one; where it
     * belongs to one of other modules, that is a {@code UNIQUE_KEY_TAKEN}. An id that is taken is an {@link IllegalArgumentException}. Both
     * come through the future.
     *
     * @return for each, in order, the job that is in the store now
     */
    CompletionStage<List<Job>> add(List<NewJob> jobs);

    /** As {@link #add(List)}, and then {@link #claim}, all or none of both: whoever has time at once saves a write. */
    CompletionStage<Added> add(List<NewJob> jobs, ClaimRequest request);

    /**
     * Takes waiting jobs for a worker: {@code PENDING} to {@code RUNNING}, the epoch one higher, results after the last
     * checkpoint gone. First those that had begun and were put back for another reason than a retry, in the order in which those
     * runs began; then by priority, then by age; none that is not due, whose modules are not among the request's, or that would
     * pass a limit. Limits are counted from the rows, within the transaction.
     *
     * <p>A job that is {@linkplain dev.pawl.service.job.JobState#isSuspected suspected} goes before all others, and without a lease it
     * begins alone: once all that runs here has run for {@link ClaimRequest#TRIAL}, and nothing else begins here until it has ended,
     * got further, or run for as long.
     */
    CompletionStage<List<Job>> claim(ClaimRequest request);

    /**
     * Writes for one run: lines, results, a checkpoint, progress and the run's end, all or none.
     *
     * @return the sequence numbers given to the lines
     * @throws dev.pawl.api.module.StaleRunException through the future, when the job is gone, its epoch is another, or its
     *     status does not allow the write; nothing is changed
     */
    CompletionStage<Written> write(RunWrite write);

    /**
     * Puts back every running job that holds no lease, as after the end of a process: {@code RUNNING} to {@code PENDING}, parked as
     * interrupted, crashes one higher. One that was alone or on trial fails instead when it then has {@code mostCrashes}, and the
     * others' crashes stay; of those that have twice as many, one fails. A job that would wait for its retry longer than the longest pause of
     * its {@link dev.pawl.service.job.RetryPolicy}, since the clock was set back meanwhile, waits for that. To be called before the first claim.
     *
     * @return the jobs put back
     */
    CompletionStage<List<UUID>> recover(int mostCrashes, Instant now);

    /** Puts back every job whose lease has ended, and returns them. */
    CompletionStage<List<UUID>> expireLeases(Instant now);

    /**
     * Moves the end of a running job's lease, unless the lease was kept, or the job was taken by another, since it was read.
     *
     * @param from the end as it was read
     * @return whether it was moved
     */
    CompletionStage<Boolean> moveLease(UUID job, long epoch, Instant from, Instant until);

    /**
     * Lengthens the lease of a run whose worker was heard of, and names that worker as its holder. A run whose lease has ended goes on
     * with the same epoch, as if it had not, unless the job was taken since or has ended. Changes nothing when another one holds it.
     *
     * @param holder who held or holds it, as the job's state says
     * @param worker who holds it from now on
     * @return whether the worker holds it now
     */
    CompletionStage<Boolean> keepLease(UUID job, long epoch, String holder, String worker, Instant until);

    /**
     * Moves the times of all jobs that wait for a retry, as when the clock was set: by as much as it was, or back when that is negative. What
     * waits for a time that somebody named stays.
     */
    CompletionStage<Integer> moveRetries(Duration by);

    /** Makes a waiting job due at once; says whether it was waiting. */
    CompletionStage<Boolean> makeDue(UUID job);

    /** Removes a job with its log and results unless it runs; says whether it did. */
    CompletionStage<Boolean> remove(UUID job);

    /** Removes every waiting job; completes with their number. */
    CompletionStage<Integer> removePending();

    /** One job. */
    Optional<Job> find(UUID job);

    /** Jobs whose id begins with the lower-case text, at most {@code limit}. */
    List<UUID> findByPrefix(String prefix, int limit);

    /** A page of jobs, newest first; adding jobs meanwhile neither skips nor repeats one. */
    JobPage<Job> list(JobFilter filter);

    /** Waiting jobs in the order in which they would be claimed, due or not. */
    List<Job> pending(int limit);

    /** How many waiting jobs would be claimed before this one. */
    long pendingBefore(UUID job);

    /** Running jobs in the order in which they began. */
    List<Job> running();

    /** How many jobs there are in each status. */
    Map<JobStatus, Long> counts();

    /** How many jobs with a task of the module there are in each status; costs a short read for each thousand. */
    Map<JobStatus, Long> counts(String module);

    /** When the first waiting job that is not due yet becomes due, or the first that a trial keeps waiting may begin. */
    Optional<Instant> nextDue(Instant now);

    /** The latest {@value #MOST_RUNS} runs of a job, or as many as an answer holds, the first one first. */
    default List<Run> runs(UUID job) {
        return runs(job, Long.MAX_VALUE, MOST_RUNS);
    }

    /**
     * The latest runs of a job before an epoch, at most {@code limit}, the first one first. One ends with the write that ends it, and one
     * that ended without a word when it is put back. No more than {@value #MOST_RUNS} that have ended are kept.
     */
    List<Run> runs(UUID job, long before, int limit);

    /** The last entries of a log, in time order. */
    List<LogEntry> logs(UUID job, int limit);

    /** The first entries of a log after a sequence number. */
    List<LogEntry> logsAfter(UUID job, long after, int limit);

    /** Results after a sequence number, with their total, read at one moment. */
    ResultPage results(UUID job, long after, int limit);
}
