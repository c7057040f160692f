package dev.pawl.deploy.change;

import dev.pawl.deploy.bundle.JobDrain;
import dev.pawl.service.job.JobMove;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.UpdateMode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The frame of a change to bundles: jobs are taken off their modules, which are held; the steps are run; the modules are released. When a
 * step fails, earlier steps are compensated in reverse order, unless they are {@linkplain #keep() kept}.
 */
final class DrainedChange {

    private static final Logger LOG = LoggerFactory.getLogger(DrainedChange.class);

    private final JobDrain drain;
    private final Collection<String> modules;
    private final Deque<Runnable> compensations = new ArrayDeque<>();
    private List<JobMove> jobs = List.of();

    /** @param modules the modules that the change affects; may be empty */
    DrainedChange(JobDrain drain, Collection<String> modules) {
        this.drain = drain;
        this.modules = modules;
    }

    /** Adds a compensation, which runs when a later step fails, before those that were added earlier. */
    void onFailure(Runnable compensation) {
        compensations.push(compensation);
    }

    /** Drops the compensations: the record is written, and a restart of the server would follow it. */
    void keep() {
        compensations.clear();
    }

    /** The outcome for each running job. */
    List<JobMove> jobs() {
        return jobs;
    }

    /** Takes the jobs off the modules, runs the steps, and returns their result. */
    <T> T perform(UpdateMode mode, Duration drainTime, ParkReason why, Supplier<T> steps) {
        try {
            jobs = modules.isEmpty() ? List.of() : drain.begin(modules, mode, drainTime, why);
            T made = steps.get();
            keep();
            return made;
        } finally {
            compensations.forEach(DrainedChange::compensate);
            drain.end(modules);
        }
    }

    /** Runs a compensation. Its own failure is only logged, since the cause of the step's failure matters more. */
    private static void compensate(Runnable compensation) {
        try {
            compensation.run();
        } catch (RuntimeException e) {
            LOG.error("A change of modules failed and could not be rolled back completely.", e);
        }
    }
}
