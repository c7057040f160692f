package dev.pawl.service.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The changes of jobs in each of some steps of time.
 *
 * @param step the length of a step
 * @param points the steps, in order and without gaps
 */
public record JobSeries(Duration step, List<Point> points) {

    /** The time for which it is kept. */
    public static final Duration KEPT = Duration.ofDays(31);

    public JobSeries {
        points = List.copyOf(points);
    }

    /** The spans of time that a series covers. */
    public enum Span {
        /** An hour, minute by minute. */
        HOUR(Duration.ofMinutes(1), 60),
        /** A day, by ten minutes. */
        DAY(Duration.ofMinutes(10), 144);

        private final Duration step;
        private final int steps;

        Span(Duration step, int steps) {
            this.step = step;
            this.steps = steps;
        }

        public Duration step() {
            return step;
        }

        /** The number of steps. */
        public int steps() {
            return steps;
        }
    }

    /**
     * A step.
     *
     * @param at its beginning
     * @param added the number of jobs that were added
     * @param started the number of runs that began
     * @param completed the number of jobs that were completed
     * @param failed the number of jobs that failed
     * @param stopped the number of jobs that were stopped
     * @param waiting the number of jobs that waited at its end
     * @param running the number of jobs that ran at its end
     * @param medianWait the median of the waits that ended with a start; null when there was none
     * @param medianRun the median of the times of the runs that ended a job; null when there was none
     */
    public record Point(
            Instant at,
            long added,
            long started,
            long completed,
            long failed,
            long stopped,
            long waiting,
            long running,
            @Nullable Duration medianWait,
            @Nullable Duration medianRun) {}
}
