package dev.pawl.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.DueFire;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.schedule.Missed;
import dev.pawl.service.schedule.Overlap;
import dev.pawl.service.schedule.Timing;
import dev.pawl.service.store.KeptSchedule;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The outcome of each due time: a job, or a reason. */
final class FiresSchedulesTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Timing MINUTELY = Timing.cron("* * * * *");
    private static final Timing HOURLY = Timing.cron("0 * * * *");

    @TempDir
    Path folder;

    @RegisterExtension
    final RunningSchedules server = new RunningSchedules(() -> folder);

    @Test
    void aDueTimeStartsAJobThatSaysWhichScheduleStartedIt() {
        server.put("nightly", HOURLY);
        server.look();
        assertEquals(List.of(), server.history("nightly"));
        server.lookAfter(HOUR.plusSeconds(2));
        assertEquals(List.of("2026-06-01T13:00:00Z started"), server.history("nightly"));
        Job job = server.jobs.pending(10).get(0);
        assertEquals("schedule nightly", job.authors().startedBy().name());
        KeptSchedule after = server.store.find("nightly").orElseThrow();
        assertEquals(Instant.parse("2026-06-01T14:00:00Z"), after.next().dueAt());
        assertEquals(job.id(), after.last().job());
    }

    @Test
    void theTimerIsToldTheTimeOfTheNextFire() {
        server.put("a", HOURLY);
        assertEquals(Optional.of(Instant.parse("2026-06-01T13:00:00Z")), server.parts.due.look(server.clock.instant()));
    }

    @Test
    void aClockThatIsSetBackRepeatsNoDueTime() {
        server.put("a", MINUTELY);
        server.lookAfter(MINUTE);
        server.claim();
        server.lookAfter(MINUTE);
        server.clock.advance(Duration.ofMinutes(-2));
        server.restart();
        for (int i = 0; i < 3; i++) {
            server.claim();
            server.lookAfter(MINUTE);
        }
        assertEquals(
                List.of("2026-06-01T12:01:00Z started", "2026-06-01T12:02:00Z started", "2026-06-01T12:03:00Z started"),
                onlyStarted(server.history("a")));
    }

    @Test
    void aPauseThatEndsAfterTheClockWasSetBackRepeatsNoDueTime() {
        server.put("a", MINUTELY);
        server.lookAfter(MINUTE);
        server.clock.advance(Duration.ofSeconds(-90));
        RunningSchedules.await(server.parts.changes.pause("a", true));
        RunningSchedules.await(server.parts.changes.pause("a", false));
        assertEquals(
                Instant.parse("2026-06-01T12:02:00Z"),
                server.store.find("a").orElseThrow().next().dueAt());
    }

    @Test
    void whatIsNoticedWithinAMinuteIsNotMissed() {
        server.put("a", HOURLY, Overlap.ALLOW, Missed.SKIP);
        server.lookAfter(HOUR.plus(MINUTE));
        assertEquals(List.of("2026-06-01T13:00:00Z started"), server.history("a"));
    }

    @Test
    void oneJobMakesUpForAllThatWasMissed() {
        server.put("a", HOURLY, Overlap.ALLOW, Missed.ONCE);
        server.clock.advance(Duration.ofMinutes(200));
        server.restart();
        server.look();
        assertEquals(
                List.of(
                        "2026-06-01T14:00:00Z skipped_missed 2 due times from 2026-06-01T13:00:00Z to 2026-06-01T14:00:00Z missed: one job makes up for all.",
                        "2026-06-01T15:00:00Z started It was missed; this job makes up for all that were."),
                server.history("a"));
        server.look();
        assertEquals(2, server.history("a").size());
    }

    @Test
    void whatWasMissedIsSkippedWithAReason() {
        server.put("a", HOURLY, Overlap.ALLOW, Missed.SKIP);
        server.lookAfter(Duration.ofMinutes(200));
        assertEquals(
                List.of(
                        "2026-06-01T15:00:00Z skipped_missed 3 due times from 2026-06-01T13:00:00Z to 2026-06-01T15:00:00Z missed; the schedule skips such times."),
                server.history("a"));
        assertEquals(List.of(), server.jobs.pending(10));
    }

    @Test
    void theTimeThatIsDueNowIsNotSkippedWithThoseThatWereMissed() {
        server.put("a", MINUTELY, Overlap.ALLOW, Missed.SKIP);
        server.lookAfter(Duration.ofMinutes(10));
        server.look();
        assertEquals(2, server.history("a").size());
        assertEquals("2026-06-01T12:10:00Z started", server.history("a").get(1));
    }

    @Test
    void eachTimeThatWasMissedGetsItsJobUpToTheBound() {
        server.put("a", Timing.every(Duration.ofSeconds(10)), Overlap.QUEUE, Missed.ALL);
        server.clock.advance(Duration.ofSeconds(10_040));
        for (int i = 0; i < 1_000; i++) {
            server.look();
        }
        List<String> history = server.history("a");
        assertEquals(
                "2026-06-01T12:00:40Z skipped_missed 4 due times from 2026-06-01T12:00:10Z to 2026-06-01T12:00:40Z missed: the schedule makes up for the latest 1000 alone.",
                history.get(0));
        assertEquals(1_000, onlyStarted(history).size());
    }

    @Test
    void yearsOfSecondsAreMissedAtNoGreatCost() {
        server.put("a", Timing.every(Duration.ofSeconds(1)), Overlap.ALLOW, Missed.ONCE);
        server.lookAfter(Duration.ofDays(1_000));
        assertTrue(server.history("a").get(0).contains("more than 9,999 due times"), () -> server.history("a")
                .get(0));
        assertEquals(
                server.clock.instant(), server.store.find("a").orElseThrow().settledAt());
    }

    @Test
    void anEarlierJobThatHasNotEndedIsYieldedTo() {
        server.put("a", MINUTELY, Overlap.SKIP, Missed.ONCE);
        server.lookAfter(MINUTE);
        UUID job = server.claim().get(0);
        server.lookAfter(MINUTE);
        server.complete(job);
        server.lookAfter(MINUTE);
        assertEquals(
                List.of(
                        "2026-06-01T12:01:00Z started",
                        "2026-06-01T12:02:00Z skipped_overlap Job " + job + " of this schedule is running.",
                        "2026-06-01T12:03:00Z started"),
                server.history("a"));
    }

    @Test
    void queuedJobsStartOneAfterAnotherAlsoAfterARestart() {
        server.put("a", MINUTELY, Overlap.QUEUE, Missed.ONCE);
        for (int i = 0; i < 3; i++) {
            server.lookAfter(MINUTE);
        }
        UUID first = server.claim().get(0);
        server.look();
        assertEquals(List.of(), server.claim());
        server.complete(first);
        server.look();
        UUID second = server.claim().get(0);
        server.restart();
        server.look();
        assertEquals(List.of(), server.claim());
        server.complete(second);
        server.look();
        assertEquals(1, server.claim().size());
    }

    @Test
    void theEarlierJobIsStoppedForTheOneThatReplacesIt() {
        server.put("a", MINUTELY, Overlap.REPLACE, Missed.ONCE);
        server.lookAfter(MINUTE);
        UUID first = server.claim().get(0);
        server.lookAfter(MINUTE);
        assertEquals(
                JobStatus.STOPPED, server.jobs.find(first).orElseThrow().state().status());
        assertEquals(2, onlyStarted(server.history("a")).size());
    }

    @Test
    void aJobThatIsRefusedIsInTheHistoryWithTheReason() {
        server.put("a", MINUTELY);
        server.scheduler.refusal = new ProblemException(ProblemCode.INVALID_INPUT, "n is missing.");
        server.lookAfter(MINUTE);
        assertEquals(List.of("2026-06-01T12:01:00Z failed n is missing."), server.history("a"));
    }

    @Test
    void whatTheStoreDoesNotTakeComesAgainAndIsNotMissed() {
        server.put("a", HOURLY, Overlap.ALLOW, Missed.SKIP);
        server.scheduler.refusal = new ProblemException(ProblemCode.STORE_UNAVAILABLE, "The disk is full.");
        server.lookAfter(HOUR);
        assertEquals(List.of(), server.history("a"));
        server.scheduler.refusal = null;
        server.lookAfter(Duration.ofMinutes(30));
        assertEquals(List.of("2026-06-01T13:00:00Z started"), server.history("a"));
    }

    @Test
    void aPausedScheduleLeavesNoTraceOfItsTimes() {
        server.put("a", MINUTELY);
        RunningSchedules.await(server.parts.changes.pause("a", true));
        server.lookAfter(HOUR);
        assertEquals(List.of(), server.history("a"));
        RunningSchedules.await(server.parts.changes.pause("a", false));
        server.look();
        assertEquals(List.of(), server.history("a"));
        server.lookAfter(MINUTE);
        assertEquals(List.of("2026-06-01T13:01:00Z started"), server.history("a"));
    }

    @Test
    void aChangeOfTheJobKeepsTheNextTimeAndAChangeOfTheTimesDoesNot() {
        server.put("a", Timing.every(HOUR));
        DueFire.Next next = server.store.find("a").orElseThrow().next();
        server.clock.advance(Duration.ofMinutes(30));
        server.put("a", Timing.every(HOUR), Overlap.SKIP, Missed.SKIP);
        assertEquals(next, server.store.find("a").orElseThrow().next());
        server.put("a", Timing.every(HOUR.plusMinutes(1)), Overlap.SKIP, Missed.SKIP);
        assertEquals(
                Instant.parse("2026-06-01T13:31:00Z"),
                server.store.find("a").orElseThrow().next().dueAt());
    }

    @Test
    void jitterPutsTheFireOffAndNotTheDueTime() {
        Timing timing = new Timing("0 * * * *", null, null, null, null, Duration.ofMinutes(30));
        server.put("a", timing);
        DueFire.Next next = server.store.find("a").orElseThrow().next();
        assertEquals(Instant.parse("2026-06-01T13:00:00Z"), next.dueAt());
        assertTrue(next.fireAt().isAfter(next.dueAt())
                && next.fireAt().isBefore(next.dueAt().plusSeconds(1_800)));
        server.clock.set(next.fireAt().minusMillis(1));
        server.look();
        assertEquals(List.of(), server.history("a"));
        server.lookAfter(Duration.ofMillis(1));
        assertEquals(List.of("2026-06-01T13:00:00Z started"), server.history("a"));
    }

    @Test
    void aScheduleThatHasEndedIsNotDueAgain() {
        server.put("a", new Timing("* * * * *", null, null, null, Instant.parse("2026-06-01T12:01:00Z"), null));
        server.lookAfter(MINUTE);
        server.lookAfter(HOUR);
        assertEquals(List.of("2026-06-01T12:01:00Z started"), server.history("a"));
        assertEquals(Optional.empty(), server.store.nextFire(Instant.MIN));
    }

    private static List<String> onlyStarted(List<String> history) {
        return history.stream().filter(line -> line.contains(" started")).toList();
    }
}
