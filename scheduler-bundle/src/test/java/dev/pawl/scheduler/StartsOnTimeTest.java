package dev.pawl.scheduler;

import static dev.pawl.scheduler.RunningScheduler.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.scheduler.dispatch.Dispatcher;
import dev.pawl.service.job.JobStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Shows that a job that waits for a time begins at that time, and not at the next periodic check of the clock. */
class StartsOnTimeTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir, 2);

    @Test
    void theDispatcherSleepsUntilTheNextJobIsDueAndNoLongerThanASecond() {
        assertEquals(300_000_000, Dispatcher.sleepNs(NOW.plusMillis(300), NOW));
        assertEquals(1_000, Dispatcher.sleepNs(NOW.plusNanos(1_000), NOW));
        assertEquals(1_000_000_000, Dispatcher.sleepNs(NOW.plusSeconds(1), NOW));
        assertEquals(1_000_000_000, Dispatcher.sleepNs(Instant.MAX, Instant.MIN));
        assertEquals(1, Dispatcher.sleepNs(Instant.MIN, Instant.MAX));
    }

    @Test
    void aJobThatIsDueInAMomentDoesNotWaitForTheNextLookAtTheClock() {
        running.modules.put("m", () -> task -> {});
        running.modulesChanged();
        Duration least = LongStream.range(0, 5) // the shortest of them shows what a busy machine does not hide
                .mapToObj(round -> startsLateBy())
                .min(Duration::compareTo)
                .orElseThrow();
        assertTrue(least.toMillis() < 700, least::toString);
    }

    private Duration startsLateBy() {
        Instant due = running.clock.instant().plusMillis(50);
        String id = running.start(request("m").notBefore(due).build());
        assertEquals(JobStatus.PENDING, running.status(id));
        long began = System.nanoTime();
        running.clock.advance(Duration.ofMillis(50));
        running.awaitStatus(id, JobStatus.COMPLETED);
        Duration late = Duration.ofNanos(System.nanoTime() - began);
        assertEquals(due, running.job(id).state().startedAt());
        return late;
    }
}
