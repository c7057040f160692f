package dev.pawl.service.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request to claim jobs for a worker.
 *
 * @param worker the worker that will run them
 * @param most the most jobs to claim, 1 to 10,000
 * @param slots the number of jobs without a lease that may run at once; ignored when the request is for a lease
 * @param modules the modules the worker has; all when null
 * @param installed the modules that are installed here, for a request that must get only jobs with a task of another module; null when it
 *         may get any
 * @param limits the number of jobs of a module that may run at once, for modules with a limit; a job counts for each of its modules
 * @param now the current time
 * @param leasedUntil the end of the lease; null when the jobs run in this process
 */
public record ClaimRequest(
        String worker,
        int most,
        int slots,
        @Nullable Set<String> modules,
        @Nullable Set<String> installed,
        Map<String, Integer> limits,
        Instant now,
        @Nullable Instant leasedUntil) {

    /** The time for which a suspected job runs alone. It begins only after all running jobs have run for as long. */
    public static final Duration TRIAL = Duration.ofSeconds(10);

    public ClaimRequest {
        modules = modules == null ? null : Set.copyOf(modules);
        installed = installed == null ? null : Set.copyOf(installed);
        limits = Map.copyOf(limits);
    }

    /** A request that may get any job of the modules. */
    public ClaimRequest(
            String worker,
            int most,
            int slots,
            @Nullable Set<String> modules,
            Map<String, Integer> limits,
            Instant now,
            @Nullable Instant leasedUntil) {
        this(worker, most, slots, modules, null, limits, now, leasedUntil);
    }
}
