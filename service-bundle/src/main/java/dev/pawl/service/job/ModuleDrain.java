package dev.pawl.service.job;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes jobs off modules before their bundle changes or goes, and lets them start again: what the deployer asks of the scheduler, and
 * nobody else. Bundles are named by the framework's ids. Safe for many threads.
 */
@ProviderType
public interface ModuleDrain {

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

    /** Says what {@link #drain} would do now, as far as one can know; touches nothing. */
    List<JobMove> foretell(Collection<String> modules, UpdateMode mode);

    /** The ids of the waiting jobs with a task of one of the modules, at most {@code most} (1 to 1,000). */
    List<UUID> waitingJobs(Collection<String> modules, int most);

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

    /** Why the module of a bundle takes no jobs although its service is there, such as inputs that make no schema; empty when it does. */
    Optional<String> refusal(long bundle, String module);
}
