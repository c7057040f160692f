package dev.pawl.http.answer;

import static dev.pawl.http.answer.AnswerKinds.INTEGER;
import static dev.pawl.http.answer.AnswerKinds.NUMBER;
import static dev.pawl.http.answer.AnswerKinds.TIME;
import static dev.pawl.http.answer.AnswerKinds.listOf;

import dev.pawl.service.job.JobSeries;
import dev.pawl.service.job.JobSeries.Point;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The series of what happened to jobs, on the wire. */
public final class SeriesJson {

    private static final double NANOS_PER_MS = 1e6;
    private static final double PRECISION = 1e3;

    private static final AnswerShape<Point> POINT = AnswerShape.<Point>of("SeriesPoint", "A step of time.")
            .field("at", TIME, Point::at, "Its beginning.")
            .field("added", INTEGER, Point::added, "The number of jobs that were added.")
            .field("started", INTEGER, Point::started, "The number of runs that began.")
            .field("completed", INTEGER, Point::completed, "The number of jobs that were completed.")
            .field("failed", INTEGER, Point::failed, "The number of jobs that failed.")
            .field("stopped", INTEGER, Point::stopped, "The number of jobs that were stopped.")
            .field("waiting", INTEGER, Point::waiting, "The number of jobs that waited at its end.")
            .field("running", INTEGER, Point::running, "The number of jobs that ran at its end.")
            .nullable(
                    "wait_ms_p50",
                    NUMBER,
                    point -> milliseconds(point.medianWait()),
                    "The median of the waits from request to first start, to a tenth; null when no job started.")
            .nullable(
                    "run_ms_p50",
                    NUMBER,
                    point -> milliseconds(point.medianRun()),
                    "The median of the times of the runs that ended a job, to a tenth; null when none did.");

    public static final AnswerShape<JobSeries> SERIES = AnswerShape.<JobSeries>of(
                    "JobSeries", "What happened to jobs, step by step.")
            .field("step_s", INTEGER, series -> series.step().toSeconds(), "The length of a step in seconds.")
            .field("points", listOf(POINT), JobSeries::points, "The steps, in order and without gaps.");

    private SeriesJson() {}

    private static @Nullable Number milliseconds(@Nullable Duration duration) {
        return duration == null ? null : Math.round(duration.toNanos() / NANOS_PER_MS * PRECISION) / PRECISION;
    }
}
