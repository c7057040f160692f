package dev.pawl.service.worker;

import dev.pawl.service.job.Job;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The workers that share the queue: this process and programs that poll it. A worker whose heartbeats stop for {@link #EXPIRY} is
 * forgotten, and the job it held goes back to the queue. Safe for use by several threads.
 */
@ProviderType
public interface Workers {

    /** The default time in which jobs of a server that is drained have to reach a checkpoint. */
    Duration DRAIN_TIME = Duration.ofSeconds(30);

    /** The longest such time. */
    Duration LONGEST_DRAIN_TIME = Duration.ofHours(24);

    /** The default time without a heartbeat after which a worker is forgotten and its job is taken from it. */
    Duration EXPIRY = Duration.ofSeconds(30);

    /** The workers that sent a heartbeat within {@link #EXPIRY}, in the order of their hostnames. */
    List<Worker> workers();

    /** One worker, by id. */
    Optional<Worker> worker(String id);

    /**
     * Accepts a heartbeat. It extends the lease of the job that it names and sets that job's progress and info. A heartbeat that names no
     * job and has the status {@link WorkerStatus#IN_PROGRESS} extends the leases of all jobs that its worker polled by name. When the info
     * is larger than 16 KiB its texts are cut; when it is still larger, it is left out. A job whose lease was lost and that nobody has
     * taken since goes back to the worker.
     *
     * @return whether the worker holds the job that it names
     */
    CompletionStage<JobHold> beat(String id, Heartbeat heartbeat);

    /** Takes away a worker's access to the queue, or gives it back; this survives a restart and the worker's expiry. */
    CompletionStage<Void> disable(String id, boolean disabled);

    /**
     * Asks a server to take no more jobs and to hand those that it runs over at their next checkpoints; this survives its restart.
     *
     * @param drainTime the time that a job has to reach a checkpoint before it goes down the stop ladder
     * @throws dev.pawl.service.problem.ProblemException {@code UNKNOWN_WORKER} when no such server is there, {@code MALFORMED} when it is not a
     *     server, or the time is negative or longer than {@link #LONGEST_DRAIN_TIME}
     */
    CompletionStage<Void> drain(String id, Duration drainTime);

    /** Lets a server that is drained take jobs again; it may be one that is not there. */
    CompletionStage<Void> undrain(String id);

    /** Whether a worker, known or not, was asked to hand over what it runs. */
    boolean isDrained(String id);

    /** Where the drain of this process stands; empty when it is not drained. */
    Optional<DrainState> drainHere();

    /** Whether a worker, known or not, is disabled. */
    boolean isDisabled(String id);

    /** Removes a worker other than this process; returns whether it was known. */
    boolean remove(String id);

    /**
     * Hands the next job to an external worker under a lease of {@link #EXPIRY}.
     *
     * @param worker the worker's id; null for a worker without a name, which gets only jobs with a task whose module is not installed here,
     *         unless it names its modules
     * @param modules the modules it has; all when null
     */
    CompletionStage<Optional<Job>> poll(@Nullable String worker, @Nullable Set<String> modules);

    /**
     * Ends a job that an external worker holds.
     *
     * @param job its id or a unique prefix
     * @param epoch the run that the worker had, as it got it with the job; null when not given, and then not checked
     * @param failed whether the job failed
     * @param info a JSON value about its end; an empty object when there is none
     * @throws dev.pawl.service.problem.ProblemException {@code RUN_TAKEN_OVER}, also through the future, when that run is over or was
     *     taken over; nothing is changed
     */
    CompletionStage<Void> completed(String job, @Nullable Long epoch, boolean failed, Object info);
}
