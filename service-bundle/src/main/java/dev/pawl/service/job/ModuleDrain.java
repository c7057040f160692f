package dev.pawl.service.job;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes running jobs off modules before their bundle is changed or removed, and lets them start again afterwards. Only the deployer uses
 * this service. Bundles are identified by the framework's ids. Safe for use by several threads.
 */
@ProviderType
public interface ModuleDrain {

    /**
     * Stops starting jobs of these modules and moves the running ones off them, as must happen before their bundle is stopped. The modules
     * stay held until {@link #release}. With {@link UpdateMode#FINISH} running jobs stay where they are, and their bundle must be passed to
     * {@link #retire}. Blocks until every job has left: at most for the drain time, the stop ladder and the time limit of a module's
     * cleanup together.
     *
     * @param drainTime how long {@link UpdateMode#MOVE} waits for a checkpoint
     * @param why the reason that is recorded for parked runs: {@link ParkReason#MODULE_UPDATE} or {@link ParkReason#MODULE_GONE}
     * @return the outcome for each running job
     */
    List<JobMove> drain(Collection<String> modules, UpdateMode mode, Duration drainTime, ParkReason why);

    /** Lets the modules that {@link #drain} held start jobs again. */
    void release(Collection<String> modules);

    /** Forecasts what {@link #drain} would do now, as far as can be known, without changing anything. */
    List<JobMove> forecast(Collection<String> modules, UpdateMode mode);

    /** The ids of the waiting jobs with a task of one of the modules, at most {@code most} (1 to 1,000). */
    List<UUID> waitingJobs(Collection<String> modules, int most);

    /**
     * Gives the modules of a bundle no more jobs, whether or not another version of them is installed; jobs that run on it continue. This
     * holds until the bundle is removed or {@link #reinstate} is called.
     *
     * @param bundle the framework's id of the bundle
     * @return completes when no job runs on the bundle any more, on any thread, which must not be blocked
     */
    CompletionStage<Void> retire(long bundle);

    /** Undoes {@link #retire}: the bundle's modules take jobs again, and the future that waits for the last job is cancelled. */
    void reinstate(long bundle);

    /**
     * The reason why a module takes no jobs although its service is registered, such as an inputs record that gives no valid schema; empty
     * when it takes jobs.
     */
    Optional<String> refusal(long bundle, String module);
}
