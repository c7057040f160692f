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
 * The workers that share the queue: this process and programs that poll it. A worker whose heartbeats stop for
 * {@link #EXPIRY} is forgotten, and the job it held goes back to the queue. Safe for many threads.
 */
@ProviderType
public interface Workers {

    /** After how long without a heartbeat a worker is forgotten and its job taken from it, unless it is set otherwise. */
    Duration EXPIRY = Duration.ofSeconds(30);

    /** The workers heard of within {@link #EXPIRY}, in the order of their hostnames. */
    List<Worker> workers();

    /** One of them. */
    Optional<Worker> worker(String id);

    /**
     * Takes a heartbeat. It keeps the lease of the job it names, which takes over its progress and info; one that names none and is
     * {@link WorkerStatus#IN_PROGRESS} keeps all that its worker polled by name. Of more than 16 KiB of info the texts are cut; what is still longer is left out. A job whose lease was lost
     * and that nobody has taken since is the worker's again.
     *
     * @return whether the worker holds the job that it names
     */
    CompletionStage<JobHold> beat(String id, Heartbeat heartbeat);

    /** Takes a worker's access to the queue, or gives it back; kept over a restart and the worker's expiry. */
    CompletionStage<Void> disable(String id, boolean disabled);

    /** Whether a worker, known or not, is disabled. */
    boolean isDisabled(String id);

    /** Forgets a worker other than this process; says whether it was known. */
    boolean remove(String id);

    /**
     * Hands the next job to an external worker under a lease of {@link #EXPIRY}.
     *
     * @param worker who asks; null for one without a name, which gets only jobs with a task whose module is not installed here, unless it
     *     says which modules it has
     * @param modules the modules it has; all when null
     */
    CompletionStage<Optional<Job>> poll(@Nullable String worker, @Nullable Set<String> modules);

    /**
     * Ends a job that an external worker holds.
     *
     * @param job its id or a unique prefix
     * @param epoch the run that the worker had, as it was told with the job; null when it does not say, and is believed
     * @param failed whether the job failed
     * @param info a JSON value about its end; an empty object when there is nothing to say
     * @throws dev.pawl.service.problem.ProblemException {@code RUN_TAKEN_OVER}, also through the future, when that run is over or was
     *     taken over; nothing is changed
     */
    CompletionStage<Void> completed(String job, @Nullable Long epoch, boolean failed, Object info);
}
