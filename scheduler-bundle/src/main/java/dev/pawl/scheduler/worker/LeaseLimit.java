package dev.pawl.scheduler.worker;

import dev.pawl.api.job.Job;
import dev.pawl.api.job.Run;
import dev.pawl.api.module.LogLevel;
import dev.pawl.api.store.JobStore;
import dev.pawl.api.store.RunMove;
import dev.pawl.api.store.RunWrite;
import dev.pawl.scheduler.schema.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Ends jobs that external workers have had for as long as the jobs may run. The worker has no say in it: what it tells of the job from
 * then on is refused, as that of a job which has ended.
 */
final class LeaseLimit {

    private final JobStore store;
    private final InstantSource clock;
    private final WorkerRegistry.QueueEvents events;

    LeaseLimit(JobStore store, InstantSource clock, WorkerRegistry.QueueEvents events) {
        this.store = store;
        this.clock = clock;
        this.events = events;
    }

    /** Looks at one job that is leased. */
    void check(Job job) {
        job.request().maxDuration().ifPresent(limit -> {
            Instant now = clock.instant();
            Duration ran =
                    store.runs(job.id()).stream().map(run -> length(run, now)).reduce(Duration.ZERO, Duration::plus);
            if (ran.compareTo(limit) >= 0) {
                stop(job, limit, ran, now);
            }
        });
    }

    private static Duration length(Run run, Instant now) {
        Instant ended = run.endedAt();
        Duration length = Duration.between(run.startedAt(), ended == null ? now : ended);
        return length.isNegative() ? Duration.ZERO : length; // the clock may have been set back
    }

    private void stop(Job job, Duration limit, Duration ran, Instant now) {
        String line = "Duration limit reached (" + DurationText.exact(limit) + ")";
        RunWrite write = new RunWrite(
                job.id(),
                job.state().epoch(),
                -1,
                List.of(new RunWrite.Line(now, LogLevel.WARNING, line)),
                List.of(),
                null,
                null,
                null,
                null,
                ran,
                new RunMove.Stopped(now));
        store.write(write).whenComplete((written, problem) -> {
            if (problem == null) { // otherwise it has ended meanwhile, or is looked at again in a moment
                events.written(job.id());
                events.queueChanged();
            }
        });
    }
}
