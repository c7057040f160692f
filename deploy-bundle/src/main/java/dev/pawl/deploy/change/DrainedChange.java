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
 * The frame of a change to bundles: the jobs are brought off their modules, which are held; the steps are made; the modules are
 * released. When a step fails, what was done before is taken back, the latest first, unless it is {@linkplain #keep() kept}.
 */
final class DrainedChange {

    private static final Logger LOG = LoggerFactory.getLogger(DrainedChange.class);

    private final JobDrain drain;
    private final Collection<String> modules;
    private final Deque<Runnable> compensations = new ArrayDeque<>();
    private List<JobMove> jobs = List.of();

    /** @param modules those that the change touches; may be empty */
    DrainedChange(JobDrain drain, Collection<String> modules) {
        this.drain = drain;
        this.modules = modules;
    }

    /** Has something done when a step fails, before what was named earlier. */
    void onFailure(Runnable compensation) {
        compensations.push(compensation);
    }

    /** Takes nothing back any more: the record is written, and a start of the server would follow it. */
    void keep() {
        compensations.clear();
    }

    /** What happened to each running job. */
    List<JobMove> jobs() {
        return jobs;
    }

    /** Brings the jobs off the modules, makes the steps, and says what they yield. */
    <T> T perform(UpdateMode mode, Duration drainTime, ParkReason why, Supplier<T> steps) {
        try {
            jobs = modules.isEmpty() ? List.of() : drain.begin(modules, mode, drainTime, why);
            T made = steps.get();
            keep();
            return made;
        } finally {
            compensations.forEach(DrainedChange::takeBack);
            drain.end(modules);
        }
    }

    /** What made the step fail matters more than what cannot be taken back. */
    private static void takeBack(Runnable compensation) {
        try {
            compensation.run();
        } catch (RuntimeException e) {
            LOG.error("A change of modules failed, and what it had done could not all be taken back.", e);
        }
    }
}
