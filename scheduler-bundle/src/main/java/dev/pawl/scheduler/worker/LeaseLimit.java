package dev.pawl.scheduler.worker;

import dev.pawl.api.module.LogLevel;
import dev.pawl.base.duration.DurationText;
import dev.pawl.service.job.Job;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Stops jobs that external workers have had for as long as the jobs may run, however the clock is set meanwhile. The worker cannot
 * prevent it: its reports about the job are refused from then on, as for any job that has ended.
 */
final class LeaseLimit {

    /** Longest part of a job's time that is lost with the process. */
    private static final Duration KEPT = Duration.ofSeconds(30);

    private final JobStore store;
    private final InstantSource clock;
    private final LeasedTime time;
    private final LeaseEvents events;

    LeaseLimit(JobStore store, InstantSource clock, LeasedTime time, LeaseEvents events) {
        this.store = store;
        this.clock = clock;
        this.time = time;
        this.events = events;
    }

    /** Stops one leased job at its limit, or keeps how long it has been running. */
    void check(Job job) {
        Duration ran = time.of(job);
        Duration limit = job.request().maxDuration().orElse(null);
        if (limit != null && ran.compareTo(limit) >= 0) {
            stop(job, limit, ran, clock.instant());
        } else if (ran.minus(job.state().elapsed()).compareTo(KEPT)
                >= 0) { // of several servers, the first one that looks
            var unused = store.write(RunWrite.ofRuntime(job).withElapsed(ran));
        }
    }

    private void stop(Job job, Duration limit, Duration ran, Instant now) {
        String line = "Duration limit reached (" + DurationText.exact(limit) + ")";
        RunWrite write = RunWrite.ofRuntime(job)
                .withLines(List.of(new RunWrite.Line(now, LogLevel.WARNING, line)))
                .withElapsed(ran)
                .withMove(new RunMove.Stopped(now));
        store.write(write).whenComplete((written, problem) -> {
            if (problem == null) { // otherwise it has ended meanwhile, or is checked again in a moment
                events.leaseWritten(job.id());
                events.queueChanged();
            }
        });
    }
}
