package dev.pawl.service.store;

import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobPage;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.JobTally;
import dev.pawl.service.job.LogEntry;
import dev.pawl.service.job.LogFilter;
import dev.pawl.service.job.LogLines;
import dev.pawl.service.job.OpenWaits;
import dev.pawl.service.job.RequestKey;
import dev.pawl.service.job.ResultPage;
import dev.pawl.service.job.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps jobs. Safe for use by several threads. {@code JobStoreContract} in testkit-base states as tests what every implementation must do.
 *
 * <p>Each changing method is one transaction; its future completes after the commit is on disk, on a thread of the store that
 * must not be blocked, or exceptionally with a {@link dev.pawl.service.problem.ProblemException} of code
 * {@code STORE_UNAVAILABLE} and with nothing changed. Changes take effect in the order in which the methods were called.
 * Reading methods see every change whose future has completed, and throw that exception on the calling thread. Once the store is
 * closed, both answer with {@code SHUTTING_DOWN}. Times are kept to the microsecond.
 *
 * <p>Each time that a caller gives comes with the time of its own clock, or is a length. A store that several machines share counts by one
 * clock of its own, and takes from its callers the lengths alone; a time that it returns beside a caller's is one of that caller's clock.
 *
 * <p>A job runs <em>here</em> when it has no lease and was claimed through this store object, or by an earlier process of which nothing is
 * left: it is among the jobs that fill the slots, are tried alone, and are recovered. What runs in another process is not here.
 *
 * <p>A change that someone requested comes with its {@link AuditedChange}: its entry is in the transaction that makes it, and there is none
 * when nothing is changed. Whatever the runtime changes by itself comes without one.
 *
 * <p>A method that returns several jobs, runs, lines or results may return fewer than requested when they are large, so that no answer
 * exhausts the memory: about {@value #PAGE_CHARACTERS} characters in total, but at least one. The rest comes with the next page.
 */
@ProviderType
public interface JobStore {

    /** The approximate limit of an answer, in characters. */
    long PAGE_CHARACTERS = 8L * 1024 * 1024;

    /** The number of ended runs that are kept for a job. */
    int MOST_RUNS = 1_000;

    /**
     * Adds jobs, all or none. A job holds its unique key while it is pending or running, and for {@link
     * dev.pawl.service.job.JobRequest#uniqueFor()} after its end, by the time of the new job. When another job holds the key of a new one,
     * the new one's check judges it: it is returned instead, or the addition is refused. One that has ended gives its key away to a request
     * that replaces. An id that exists already is an {@link IllegalArgumentException}; a {@linkplain NewJob#key() request key} under which
     * an answer is kept already is refused with {@code REQUEST_UNDER_WAY}. All errors come through the future.
     *
     * <p>A job waits for those of its {@link dev.pawl.service.job.JobRequest#after()} that have not ended, each of which is in the store or
     * stands before it in the list; where the job of a unique key stands for one of the list, it waits for that one. Its due time is {@link
     * dev.pawl.service.job.After#DUE} until the last of them has ended, which lets it start in the same transaction. One that waits for the
     * completion of a job which ends otherwise, or is removed, fails in that transaction, and so do those that wait for it; with many jobs,
     * the first ones do, and the others follow in transactions of their own, whatever is killed in between. To wait for a job that is not
     * there is refused with {@code INVALID_JOB}, and for the completion of one that has failed or was stopped with {@code
     * PREREQUISITE_FAILED}.
     *
     * @param key the key under which the answer to the whole request is kept; null to keep none but those of the jobs
     * @return for each, in order, the job that is in the store now; another than the new one when that holds its unique key
     */
    CompletionStage<List<Job>> add(List<NewJob> jobs, @Nullable RequestKey key);

    /** Adds jobs as {@link #add(List, RequestKey)} does, without an answer for all together. */
    default CompletionStage<List<Job>> add(List<NewJob> jobs) {
        return add(jobs, null);
    }

    /**
     * Attaches the consumer of this process. From now on each change that may let a job start ends with a claim for it, in the same
     * transaction: a job that is added while a slot is free is running when it first is on disk, and the end of a run and the start of the
     * next one share a commit. The consumer gets the jobs after the commit, before the future of the change completes.
     */
    void attach(JobConsumer consumer);

    /**
     * Attaches the observer of this process, which learns of each change that is made from now on through this store, except for removals and
     * for what {@link #recover} puts back.
     */
    void observe(JobObserver observer);

    /**
     * Claims for the attached consumer, since something other than a change of jobs may let one start: a due time, a module, a limit.
     */
    CompletionStage<Void> offer();

    /**
     * Completes when the consumer has taken the jobs of each claim that has begun; at once when there is none. A claim that begins later
     * asks the consumer anew what it takes.
     */
    CompletionStage<Void> settled();

    /**
     * Takes waiting jobs for a worker: {@code PENDING} to {@code RUNNING}, the epoch increases by one, and results after the last
     * checkpoint are removed. Jobs that had begun and were parked for a reason other than a retry come first, in the order in which those
     * runs began; then the order is by priority and age. Jobs that are not due, whose modules are not among the request's, or that would
     * exceed a limit are left. Running jobs are counted from the rows, within the transaction.
     *
     * <p>A {@linkplain dev.pawl.service.job.JobState#isSuspected suspected} job comes before all others, and without a lease it begins
     * alone: it begins once every job that runs here has run for {@link ClaimRequest#TRIAL}, and nothing else begins here until it has
     * ended, made progress, or run for as long.
     */
    CompletionStage<List<Job>> claim(ClaimRequest request);

    /**
     * Writes lines, results, a checkpoint, progress and the end of one run, all or none.
     *
     * @return the sequence numbers given to the lines
     * @throws dev.pawl.api.module.StaleRunException through the future, when the job no longer exists, has another epoch, or has a status
     *         that does not allow the write; nothing is changed
     */
    CompletionStage<Written> write(RunWrite write);

    /**
     * Asks the process in which a job runs, unless that is this one, to stop it; the request may get lost.
     *
     * @param change who asked for it; null when nobody did
     * @return whether it runs in another process, as far as the store knows
     */
    default CompletionStage<Boolean> askToStop(UUID job, @Nullable AuditedChange change) {
        return CompletableFuture.completedStage(false);
    }

    /**
     * Parks every running job without a lease as interrupted, as after the end of a process: {@code RUNNING} to {@code PENDING}, with one
     * more crash. A job that ran alone or on trial fails instead when it reaches {@code mostCrashes}, and the other jobs' crashes are not
     * increased; of those that have twice as many, one fails. A job that would wait for its retry longer than the longest pause of its
     * {@link dev.pawl.service.job.RetryPolicy}, because the clock was set back meanwhile, waits for that pause. Must be called before the
     * first claim.
     *
     * @return the parked jobs
     */
    CompletionStage<List<UUID>> recover(int mostCrashes, Instant now);

    /**
     * Whether leases begin and end by a clock of the store, which callers do not read and nobody sets. Then no lease has to be moved when a clock is
     * set, and {@link #expireLeases} goes by that clock.
     */
    default boolean hasClock() {
        return false;
    }

    /** Where servers that share this store tell each other of workers; empty when only this process has it open. */
    default Optional<SharedWorkers> sharedWorkers() {
        return Optional.empty();
    }

    /** Parks every job whose lease has ended, and returns them. */
    CompletionStage<List<UUID>> expireLeases(Instant now);

    /**
     * Moves the end of a running job's lease, unless the lease was extended, or another worker took the job, since it was read.
     *
     * @param from the end as it was read
     * @param left the time from now on after which it ends instead
     * @return whether it was moved
     */
    CompletionStage<Boolean> moveLease(UUID job, long epoch, Instant from, Duration left);

    /**
     * Extends the lease of a run whose worker sent a heartbeat, and records that worker as its holder. A run whose lease has ended
     * continues with the same epoch, unless the job was taken since or has ended. Changes nothing when another worker holds it.
     *
     * @param holder the previous or present holder, as the job's state says
     * @param worker the new holder
     * @param lease its length from now on
     * @return whether the worker holds it now
     */
    CompletionStage<Boolean> keepLease(UUID job, long epoch, String holder, String worker, Duration lease);

    /**
     * Shifts the due times of all jobs that wait for a retry, by as much as the clock was set forward, or back when negative. Jobs that
     * wait for a requested time stay.
     */
    CompletionStage<Integer> moveRetries(Duration by);

    /** Makes a waiting job due at once, whatever it waits for; completes with whether it was waiting. */
    CompletionStage<Boolean> makeDue(UUID job, @Nullable AuditedChange change);

    /** Makes a job due as {@link #makeDue(UUID, AuditedChange)} does, for the runtime itself. */
    default CompletionStage<Boolean> makeDue(UUID job) {
        return makeDue(job, null);
    }

    /**
     * Gives waiting jobs another priority, which counts for the order of claims from now on, and is that of their requests. Jobs that run, have
     * ended or are gone are left as they are.
     *
     * @return the number of jobs that have it
     */
    CompletionStage<Integer> prioritize(List<UUID> jobs, int priority, @Nullable AuditedChange change);

    /**
     * Removes a job with its log and results unless it is running; completes with whether it did. Jobs that waited for the end of one that had
     * not ended may start.
     */
    CompletionStage<Boolean> remove(UUID job, @Nullable AuditedChange change);

    /** Removes a job as {@link #remove(UUID, AuditedChange)} does, for the runtime itself. */
    default CompletionStage<Boolean> remove(UUID job) {
        return remove(job, null);
    }

    /** Removes every waiting job; completes with their number. */
    CompletionStage<Integer> removePending(@Nullable AuditedChange change);

    /** Removes jobs as {@link #removePending(AuditedChange)} does, for the runtime itself. */
    default CompletionStage<Integer> removePending() {
        return removePending(null);
    }

    /** The jobs for which a job waits, and those that wait for it, at most {@code most} of each, in the order of their addition. */
    OpenWaits waits(UUID job, int most);

    /** One job. */
    Optional<Job> find(UUID job);

    /** Jobs whose id begins with the lower-case text, at most {@code limit}. */
    List<UUID> findByPrefix(String prefix, int limit);

    /**
     * A page of jobs in the filter's order; adding jobs meanwhile neither skips nor repeats one. In an order by what changes, such as the start,
     * a job that changes between two pages may be in both or none.
     *
     * @throws dev.pawl.service.problem.ProblemException {@code TOO_MANY_TO_SORT} when the order is not that of their addition and more than
     *     {@link dev.pawl.service.job.JobOrder#MOST_SORTED} jobs are in the filter's statuses, modules and times
     */
    JobPage<Job> list(JobFilter filter);

    /** The numbers of the jobs that a filter lets through, at one moment, exact or counted to {@link JobTally#CAP} in each status. */
    JobTally tally(JobFilter filter, boolean exact);

    /** Waiting jobs in the order in which they would be claimed, due or not. */
    List<Job> pending(int limit);

    /** The waiting jobs summed up by what they wait for, of those that are due also by their modules, at one moment. */
    List<WaitingJobs> waitingJobs(Instant now);

    /** The number of waiting jobs that would be claimed before this one. */
    long pendingBefore(UUID job);

    /** The numbers of waiting jobs that would be claimed before each of these, of those that are among the first {@code deepest}. */
    Map<UUID, Long> positions(Set<UUID> jobs, int deepest);

    /** Running jobs in the order in which they began. */
    List<Job> running();

    /** The same jobs in the same order, without their requests and their state: only what can keep other jobs from starting. */
    List<RunningJob> runningJobs();

    /** The number of jobs in each status. */
    Map<JobStatus, Long> counts();

    /**
     * The changes of jobs minute by minute, in the minutes that begin in a span of time and in which something did, in order; before them the
     * last earlier minute that is known, whose numbers of jobs hold until then. What is on disk counts. A process that is killed loses the counts
     * of its last minute with a change, and of an earlier one only when nothing was written since; a store that is closed loses none. Several
     * processes count together, and the numbers of jobs are those that the last of them saw.
     */
    List<JobMinute> minutes(Instant from, Instant until);

    /** Removes at most {@code most} minutes that begin before a time, the oldest first; completes with their number. */
    CompletionStage<Integer> removeMinutes(Instant before, int most);

    /** The number of jobs with a task of the module in each status; costs a short read for each thousand. */
    default Map<JobStatus, Long> counts(String module) {
        return tally(JobFilter.all().withModule(module), true).counts();
    }

    /** The time at which the next waiting job becomes due, or at which the first one that waits for a trial may begin. */
    Optional<Instant> nextDue(Instant now);

    /** The latest {@value #MOST_RUNS} runs of a job, or as many as fit into an answer, in order. */
    default List<Run> runs(UUID job) {
        return runs(job, Long.MAX_VALUE, MOST_RUNS);
    }

    /**
     * The latest runs of a job before an epoch, at most {@code limit}, in order. A run ends with its last write, or, when its process or
     * worker is gone, when the job is parked. At most {@value #MOST_RUNS} ended runs are kept.
     */
    List<Run> runs(UUID job, long before, int limit);

    /** The last entries of a log, in time order. */
    List<LogEntry> logs(UUID job, int limit);

    /** The first entries of a log after a sequence number. */
    List<LogEntry> logsAfter(UUID job, long after, int limit);

    /** A selection of a log, with the extent of the log at the same moment. A selection by content reads the whole log. */
    LogLines log(UUID job, LogFilter filter);

    /**
     * The number of lines that a filter selects by content in each part of a log, the first part first. All parts have as many line numbers, as
     * far as that is possible. It reads the whole log; a store that can count does it without handing lines over.
     *
     * @param parts the number of parts
     */
    default List<Long> matchesByPart(UUID job, LogFilter filter, int parts) {
        List<Long> counts = new ArrayList<>(Collections.nCopies(parts, 0L));
        LogLines page = log(job, filter.allAfter(0));
        long total = page.total();
        long before = page.droppedTo();
        while (!page.lines().isEmpty()) {
            for (LogEntry line : page.lines()) {
                long part = (line.sequence() - before - 1) * parts / total;
                if (part >= 0 && part < parts) { // others were written or dropped meanwhile
                    counts.set((int) part, counts.get((int) part) + 1);
                }
            }
            page = log(
                    job,
                    filter.allAfter(page.lines().get(page.lines().size() - 1).sequence()));
        }
        return List.copyOf(counts);
    }

    /** Results after a sequence number, with their total, read at one moment. */
    ResultPage results(UUID job, long after, int limit);
}
