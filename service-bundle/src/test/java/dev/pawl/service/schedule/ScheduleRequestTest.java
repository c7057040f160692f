package dev.pawl.service.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.OnConflict;
import dev.pawl.service.job.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleRequestTest {

    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @Test
    void aTimingTakesExactlyOneOfCronAndEvery() {
        assertRefused("Neither cron nor every", () -> timing(null, null));
        assertRefused("Both cron and every", () -> timing("@daily", Duration.ofDays(1)));
    }

    @Test
    void anIntervalIsOfASecondToTenYears() {
        Timing.every(Duration.ofSeconds(1));
        Timing.every(Timing.LONGEST);
        assertRefused("every is 0.999 seconds", () -> Timing.every(Duration.ofMillis(999)));
        assertRefused("every is 315360001 seconds", () -> Timing.every(Timing.LONGEST.plusSeconds(1)));
    }

    @Test
    void textsAreNeitherBlankNorLong() {
        assertRefused("cron has 1 characters", () -> Timing.cron(" "));
        assertRefused("cron has 201 characters", () -> Timing.cron("*".repeat(201)));
        assertRefused("time_zone has 0 characters", () -> new Timing("@daily", null, "", null, null, null));
    }

    @Test
    void theEndIsAfterTheStart() {
        new Timing("@daily", null, null, NOON, NOON.plusSeconds(1), null);
        assertRefused("end_at is", () -> new Timing("@daily", null, null, NOON, NOON, null));
    }

    @Test
    void theJitterIsADayAtMost() {
        new Timing("@daily", null, null, null, null, Duration.ofDays(1));
        assertRefused(
                "jitter is 86401 seconds",
                () -> new Timing("@daily", null, null, null, null, Duration.ofSeconds(86_401)));
        assertRefused(
                "jitter is -1 seconds", () -> new Timing("@daily", null, null, null, null, Duration.ofSeconds(-1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"upcoming", "preview", "", ".hidden", "-x", "a b", "a/b", "ü", "line\nbreak"})
    void aNameIsOfTheFormThatFitsAPath(String name) {
        assertRefused("name is", () -> named(name));
    }

    @Test
    void aNameHasAHundredCharactersAtMost() {
        assertEquals(100, named("x".repeat(100)).name().length());
        assertRefused("name is \"" + "x".repeat(100) + "…\"", () -> named("x".repeat(101)));
    }

    @Test
    void theJobsOwnTimeIsRefusedSinceTheScheduleHasOne() {
        JobRequest later = JobRequest.builder(List.of(new Task("hello", Map.of())))
                .notBefore(NOON)
                .build();
        assertRefused("job.not_before is 2026-06-01T12:00:00Z", () -> of(later));
    }

    @Test
    void theJobDoesNotReplaceOthersByItsUniqueKey() {
        JobRequest replacing = JobRequest.builder(List.of(new Task("hello", Map.of())))
                .uniqueKey("nightly")
                .onConflict(OnConflict.REPLACE)
                .build();
        assertRefused("job.on_conflict is replace", () -> of(replacing));
    }

    @Test
    void wordsOnTheWireAreReadAsTheyAreWritten() {
        for (Overlap overlap : Overlap.values()) {
            assertEquals(overlap, Overlap.of(overlap.wireName()));
        }
        for (Missed missed : Missed.values()) {
            assertEquals(missed, Missed.of(missed.wireName()));
        }
        assertEquals("skipped_overlap", FireOutcome.SKIPPED_OVERLAP.wireName());
        assertEquals(FireOutcome.SKIPPED_MISSED, FireOutcome.of("skipped_missed"));
    }

    private static Timing timing(@Nullable String cron, @Nullable Duration every) {
        return new Timing(cron, every, null, null, null, null);
    }

    private static ScheduleRequest named(String name) {
        JobRequest job =
                JobRequest.builder(List.of(new Task("hello", Map.of()))).build();
        return new ScheduleRequest(name, Timing.cron("@daily"), job, Overlap.SKIP, Missed.ONCE, false);
    }

    private static ScheduleRequest of(JobRequest job) {
        return new ScheduleRequest("nightly", Timing.cron("@daily"), job, Overlap.SKIP, Missed.ONCE, false);
    }

    private static void assertRefused(String beginning, org.junit.jupiter.api.function.Executable making) {
        String message = assertThrows(IllegalArgumentException.class, making).getMessage();
        assertTrue(message.startsWith(beginning), message);
    }
}
