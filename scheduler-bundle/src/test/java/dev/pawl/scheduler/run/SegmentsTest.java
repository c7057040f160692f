package dev.pawl.scheduler.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.pawl.api.module.LogLevel;
import dev.pawl.testkit.SettableClock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SegmentsTest {

    private final Segments segments = new Segments(SettableClock.at("2026-01-01T00:00:00Z"), "1.0.0");

    @Test
    void whatIsSaidAfterACheckpointGoesIntoAnotherWrite() {
        segments.result(segments.open(0), "{\"n\":1}");
        Segment saved = segments.open(0);
        saved.checkpoint = Map.of("n", 1);
        saved.closed = true;
        segments.result(segments.open(0), "{\"n\":2}");
        Segment first = segments.take(segments.last());
        assertNotNull(first);
        assertEquals(1, first.results.size());
        Segment second = segments.take(segments.last());
        assertNotNull(second);
        assertNull(second.checkpoint, "its result is tentative");
    }

    @Test
    void linesOfTheRuntimeAndOfATaskKeepTheirOrder() {
        segments.line(segments.open(0), LogLevel.INFO, "task");
        segments.line(segments.open(-1), LogLevel.INFO, "runtime");
        segments.line(segments.open(0), LogLevel.INFO, "task again");
        assertEquals(3, segments.last());
        assertEquals(0, segments.take(3).taskIndex);
        assertEquals(-1, segments.take(3).taskIndex);
    }

    @Test
    void nothingIsTakenBeforeItIsWantedAndAllOfItIsWeighed() {
        Segment segment = segments.open(0);
        segments.line(segment, LogLevel.INFO, "x".repeat(100));
        assertNull(segments.take(0));
        assertEquals(164, segments.bytes());
        segments.take(1);
        assertEquals(164, segments.bytes(), "the segment being written still counts");
        segments.written(segment);
        assertEquals(0, segments.bytes());
    }
}
