package dev.pawl.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.pawl.service.job.JobSeries;
import dev.pawl.service.job.JobSeries.Point;
import dev.pawl.service.job.JobSeries.Span;
import dev.pawl.service.job.JobStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ChartsJobsTest {

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir, 1);

    @BeforeEach
    void start() {
        running.modules.put("quick", () -> task -> {});
        running.modules.put("waits", () -> task -> running.letGo.await());
        running.modulesChanged();
    }

    private List<Point> points(Span span) {
        return running.scheduler.series(span, null).points();
    }

    @Test
    void anHourHasSixtyMinutesAndADayAHundredAndFortyFourSteps() {
        JobSeries hour = running.scheduler.series(Span.HOUR, null);
        assertEquals(Duration.ofMinutes(1), hour.step());
        assertEquals(60, hour.points().size());
        assertEquals(144, points(Span.DAY).size());
        for (int n = 1; n < 60; n++) {
            assertEquals(
                    hour.points().get(n - 1).at().plusSeconds(60),
                    hour.points().get(n).at());
        }
        Instant now = running.clock.instant();
        assertEquals(Duration.ZERO, Duration.between(hour.points().get(59).at(), now.truncatedTo(ChronoUnit.MINUTES)));
    }

    @Test
    void jobsAreCountedInTheirStepAndTheirNumbersHoldAfterwards() {
        running.awaitStatus(running.start("quick"), JobStatus.COMPLETED);
        running.awaitStatus(running.start("waits"), JobStatus.RUNNING);
        running.start("quick");
        running.pass(Duration.ofMinutes(3));
        List<Point> points = points(Span.HOUR);
        assertEquals(3, points.stream().mapToLong(Point::added).sum());
        assertEquals(2, points.stream().mapToLong(Point::started).sum());
        assertEquals(1, points.stream().mapToLong(Point::completed).sum());
        Point last = points.get(59);
        assertEquals(List.of(0L, 1L, 1L), List.of(last.added(), last.waiting(), last.running()));
        assertNull(last.medianRun());
        Point busy =
                points.stream().filter(point -> point.added() > 0).findFirst().orElseThrow();
        assertNotNull(busy.medianWait());
        assertNotNull(busy.medianRun());
        assertEquals(0, points.get(0).running(), "before the first change");
    }

    @Test
    void aSeriesCanEndEarlierAndNeverLaterThanThePresent() {
        running.awaitStatus(running.start("quick"), JobStatus.COMPLETED);
        Instant now = running.clock.instant();
        assertEquals(
                0,
                running.scheduler.series(Span.HOUR, now.minus(Duration.ofHours(1))).points().stream()
                        .mapToLong(Point::added)
                        .sum());
        List<Point> later =
                running.scheduler.series(Span.DAY, now.plus(Duration.ofDays(9))).points();
        assertEquals(1, later.stream().mapToLong(Point::added).sum());
    }

    @Test
    void aRestartLosesNoCount() {
        running.awaitStatus(running.start("quick"), JobStatus.COMPLETED);
        running.restart();
        running.awaitStatus(running.start("quick"), JobStatus.COMPLETED);
        assertEquals(2, points(Span.DAY).stream().mapToLong(Point::completed).sum());
    }
}
