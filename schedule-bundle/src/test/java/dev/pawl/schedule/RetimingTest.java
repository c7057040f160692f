package dev.pawl.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.service.job.DueFire.Next;
import dev.pawl.service.schedule.Timing;
import dev.pawl.service.store.KeptSchedule;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Next due times after a change of the rules of local time. It is 12:00 UTC on 1 June 2026 when a test begins. */
final class RetimingTest {

    private static final Timing AT_20 = Timing.cron("0 20 * * *");
    private static final Timing AT_20_IN_BERLIN = new Timing("0 20 * * *", null, "Europe/Berlin", null, null, null);

    @TempDir
    Path folder;

    @RegisterExtension
    final RunningSchedules server = new RunningSchedules(() -> folder);

    @Test
    void aServerThatMovesToAnotherZoneTakesTheSchedulesWithItThatNameNone() {
        server.put("here", AT_20);
        server.put("berlin", AT_20_IN_BERLIN);
        server.look();
        move("America/New_York");
        assertEquals("2026-06-02T00:00:00Z", next("here"));
        assertEquals("2026-06-01T18:00:00Z", next("berlin"));
        move("Asia/Tokyo");
        assertEquals("2026-06-02T11:00:00Z", next("here"));
    }

    @Test
    void aDueTimeThatTheNewRulesBringIntoThePastIsMissedAndOneThatHadItsJobStays() {
        server.put("here", AT_20);
        server.look();
        server.lookAfter(Duration.ofHours(8)); // 20:00
        server.claim();
        server.clock.advance(Duration.ofHours(18)); // 14:00
        move("Asia/Tokyo");
        assertEquals(
                List.of(
                        "2026-06-01T20:00:00Z started",
                        "2026-06-02T11:00:00Z started It was missed; this job makes up for it."),
                server.history("here"));
    }

    @Test
    void timesByAnotherDatabaseOfZonesAreComputedAnewAndOnlyThen() {
        server.put("berlin", AT_20_IN_BERLIN);
        server.look();
        KeptSchedule kept = server.store.find("berlin").orElseThrow();
        Instant byOldRules = Instant.parse("2026-06-01T19:00:00Z");
        RunningSchedules.await(server.store.put(kept.withNext(new Next(byOldRules, byOldRules)), null));
        server.restart();
        server.look();
        assertEquals("2026-06-01T19:00:00Z", next("berlin"), "nothing is computed at a usual start");
        RunningSchedules.await(server.store.keepZoneRules("Z, IANA 1996a"));
        server.restart();
        server.look();
        assertEquals("2026-06-01T18:00:00Z", next("berlin"));
    }

    @Test
    void aPausedScheduleStaysPaused() {
        server.put("here", AT_20);
        RunningSchedules.await(server.parts.changes.pause("here", true));
        server.look();
        move("Asia/Tokyo");
        assertEquals("never", next("here"));
    }

    private void move(String zone) {
        server.zone = ZoneId.of(zone);
        server.restart();
        server.look();
    }

    private String next(String name) {
        Next next = server.store.find(name).orElseThrow().next();
        return next == null ? "never" : next.dueAt().toString();
    }
}
