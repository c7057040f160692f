package dev.pawl.scheduler.worker;

import dev.pawl.scheduler.time.MonotonicClock;
import dev.pawl.service.job.Job;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Time that external workers have had their jobs, all runs of a job together. This process counts by the monotonic clock from the moment
 * when it saw the run first, on from the time in the job's row; time without a server does not count. Safe for many threads.
 */
final class LeasedTime {

    /** Time for which a job that was just handed out may be missing among the jobs that were read as leased. */
    private static final Duration NEW = Duration.ofMinutes(1);

    private final MonotonicClock monotonic;
    private final Map<UUID, Run> runs = new ConcurrentHashMap<>();

    /**
     * A run that is counted.
     *
     * @param before the time in the row when the run was seen first
     */
    private record Run(long epoch, long sinceNs, Duration before) {}

    LeasedTime(MonotonicClock monotonic) {
        this.monotonic = monotonic;
    }

    /** Time for which the job has been running; begins to count a run that is new here. */
    Duration of(Job job) {
        long now = monotonic.nanos();
        long epoch = job.state().epoch();
        Run run = runs.compute(
                job.id(),
                (id, known) -> known != null && known.epoch() >= epoch
                        ? known
                        : new Run(epoch, now, job.state().elapsed()));
        Duration counted = run.before().plusNanos(now - run.sinceNs());
        return run.epoch() == epoch ? counted : job.state().elapsed();
    }

    /** Forgets all runs but those of the given jobs, and those that are new. */
    void retain(Set<UUID> leased) {
        long now = monotonic.nanos();
        runs.entrySet()
                .removeIf(run ->
                        !leased.contains(run.getKey()) && now - run.getValue().sinceNs() > NEW.toNanos());
    }
}
