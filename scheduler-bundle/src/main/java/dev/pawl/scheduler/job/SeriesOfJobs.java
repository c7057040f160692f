package dev.pawl.scheduler.job;

import dev.pawl.service.job.DurationCounts;
import dev.pawl.service.job.JobSeries;
import dev.pawl.service.job.JobSeries.Point;
import dev.pawl.service.job.JobSeries.Span;
import dev.pawl.service.store.JobMinute;
import dev.pawl.service.store.JobStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The series of what happened to jobs, from the minutes that the store keeps. */
final class SeriesOfJobs {

    private final JobStore store;
    private final InstantSource clock;

    SeriesOfJobs(JobStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * The steps of a span of time, of which the last one is that of a time; steps without a change have the numbers of jobs from the one before.
     *
     * @param until a time; null for the present, which a later one counts as
     */
    JobSeries of(Span span, @Nullable Instant until) {
        Instant now = clock.instant();
        Instant last = begin(until == null || until.isAfter(now) ? now : until, span.step());
        Instant first = last.minus(span.step().multipliedBy(span.steps() - 1L));
        List<JobMinute> minutes = store.minutes(first, last.plus(span.step()));
        List<Point> points = new ArrayList<>();
        long waiting = 0;
        long running = 0;
        int next = 0;
        for (Instant at = first; !at.isAfter(last); at = at.plus(span.step())) {
            Instant end = at.plus(span.step());
            Step step = new Step();
            while (next < minutes.size() && minutes.get(next).at().isBefore(end)) {
                JobMinute minute = minutes.get(next);
                next++;
                waiting = minute.waiting();
                running = minute.running();
                if (!minute.at().isBefore(at)) {
                    step.add(minute);
                }
            }
            points.add(step.point(at, waiting, running));
        }
        return new JobSeries(span.step(), points);
    }

    private static Instant begin(Instant time, Duration step) {
        return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), step.toSeconds()) * step.toSeconds());
    }

    private static final class Step {

        private long added;
        private long started;
        private long completed;
        private long failed;
        private long stopped;
        private DurationCounts waits = DurationCounts.NONE;
        private DurationCounts runs = DurationCounts.NONE;

        void add(JobMinute minute) {
            added += minute.added();
            started += minute.started();
            completed += minute.completed();
            failed += minute.failed();
            stopped += minute.stopped();
            waits = waits.plus(minute.waits());
            runs = runs.plus(minute.runs());
        }

        Point point(Instant at, long waiting, long running) {
            return new Point(
                    at,
                    added,
                    started,
                    completed,
                    failed,
                    stopped,
                    waiting,
                    running,
                    waits.median().orElse(null),
                    runs.median().orElse(null));
        }
    }
}
