package dev.pawl.service.notification;

import dev.pawl.service.job.Callback;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Tells others of jobs, at least once for each event, by the addresses that their requests name. Safe for use by several threads. Every error is a
 * {@link dev.pawl.service.problem.ProblemException}, thrown or through the future.
 */
@ProviderType
public interface Callbacks {

    /**
     * Judges the address of a callback by its text, as far as it can be known before a name is looked up.
     *
     * @throws dev.pawl.service.problem.ProblemException {@code INVALID_JOB} when it may not be called
     */
    void check(Callback callback);

    /** The deliveries of a job's callback, in the order of their events; reads the store. */
    List<Delivery> of(UUID job);

    /**
     * Makes a delivery due now, whatever it has come to, with all its tries again.
     *
     * @param job the job
     * @param delivery the id of the delivery, or the name of its event
     * @return the delivery, once that is on disk
     */
    CompletionStage<Delivery> retry(UUID job, String delivery);
}
