package dev.pawl.service.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who wants jobs, and which.
 *
 * @param worker who will run them
 * @param most how many at most, 1 to 10,000
 * @param slots how many jobs without a lease may run at once, together; not counted when the request is for a lease
 * @param modules the modules the worker has; all when null
 * @param installed the modules that are installed here, for a request that is to get only jobs with a task of another one; null when
 *     it may get any
 * @param limits how many jobs of a module may run at once, for modules that have a limit; a job counts for each of its modules
 * @param now the present time
 * @param leasedUntil when the worker loses them; null when they run in this process
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

    /** For so long a suspected job has the process for itself, after what runs beside it has been running for as long. */
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
