package dev.pawl.service.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobRequestTest {

    private static final Task HELLO = new Task("hello", Map.of("password", "s3cret"));

    @Test
    void theTitleIsTheFirstModuleUnlessGiven() {
        assertEquals("hello", JobRequest.builder(List.of(HELLO)).build().title());
        assertEquals(
                "Greet",
                JobRequest.builder(List.of(HELLO)).title("Greet").build().title());
    }

    @Test
    void aRequestWithoutTasksIsRefusedByName() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> JobRequest.builder(List.of()));
        assertTrue(refused.getMessage().startsWith("tasks has 0 entries"), refused.getMessage());
    }

    @Test
    void eachLimitIsCheckedAtItsEdges() {
        JobRequest.Builder builder = JobRequest.builder(List.of(HELLO));
        builder.priority(1_000).priority(-1_000).maxDuration(Duration.ofDays(365));
        assertThrows(IllegalArgumentException.class, () -> builder.priority(1_001));
        assertThrows(IllegalArgumentException.class, () -> builder.maxDuration(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> builder.maxDuration(Duration.ofDays(366)));
        assertThrows(IllegalArgumentException.class, () -> builder.title("x".repeat(10_001)));
        assertThrows(IllegalArgumentException.class, () -> builder.uniqueKey(" "));
    }

    @Test
    void itsTextShowsNoInput() {
        assertFalse(JobRequest.builder(List.of(HELLO)).build().toString().contains("s3cret"));
    }
}
