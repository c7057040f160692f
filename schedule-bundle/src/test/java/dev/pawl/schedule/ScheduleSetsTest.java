package dev.pawl.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.schedule.DeclaredSchedules;
import dev.pawl.service.schedule.DeclaredSchedules.Declared;
import dev.pawl.service.schedule.Missed;
import dev.pawl.service.schedule.Overlap;
import dev.pawl.service.schedule.ScheduleOrigin;
import dev.pawl.service.schedule.ScheduleRequest;
import dev.pawl.service.schedule.Timing;
import dev.pawl.service.store.KeptSchedule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Schedules that files declare. */
final class ScheduleSetsTest {

    private static final Timing HOURLY = Timing.cron("0 * * * *");
    private static final Timing DAILY = Timing.cron("0 3 * * *");

    @TempDir
    Path folder;

    @RegisterExtension
    final RunningSchedules server = new RunningSchedules(() -> folder);

    @Test
    void aSetIsMadeChangedAndRemovedAsTheFileSays() {
        assertEquals(List.of("made a", "made b"), apply("ops", schedule("a", HOURLY), schedule("b", HOURLY)));
        assertEquals(List.of("unchanged a", "unchanged b"), apply("ops", schedule("a", HOURLY), schedule("b", HOURLY)));
        assertEquals(
                List.of("changed a [cron 0 * * * * 0 3 * * *]", "removed b", "made c"),
                apply("ops", schedule("a", DAILY), schedule("c", HOURLY)));
        assertEquals("0 3 * * *", kept("a").request().timing().cron());
        assertEquals(
                ScheduleOrigin.of(ScheduleOrigin.Kind.FILE, "ops"), kept("a").origin());
        assertTrue(server.store.find("b").isEmpty());
    }

    @Test
    void aDryRunSaysTheSameAndChangesNothing() {
        apply("ops", schedule("a", HOURLY), schedule("b", HOURLY));
        assertEquals(
                List.of("changed a [cron 0 * * * * 0 3 * * *]", "removed b", "made c"),
                apply("ops", true, schedule("a", DAILY), schedule("c", HOURLY)));
        assertEquals("0 * * * *", kept("a").request().timing().cron());
        assertTrue(server.store.find("b").isPresent());
        assertTrue(server.store.find("c").isEmpty());
    }

    @Test
    void whatOthersMadeStays() {
        server.put("mine", HOURLY);
        apply("other", schedule("theirs", HOURLY));
        assertEquals(
                List.of("made a", "left mine", "left theirs"),
                apply("ops", schedule("a", HOURLY), schedule("mine", DAILY), schedule("theirs", DAILY)));
        assertEquals("0 * * * *", kept("mine").request().timing().cron());
        assertEquals(List.of("removed a"), apply("ops"));
        assertTrue(server.store.find("mine").isPresent());
        assertTrue(server.store.find("theirs").isPresent());
    }

    @Test
    void aChangeByHandIsSeenAndUndoneButAPauseStaysUnlessTheFileSaysSomethingOfIt() {
        apply("ops", schedule("a", HOURLY));
        server.put("a", DAILY, Overlap.SKIP, Missed.ONCE);
        assertTrue(kept("a").origin().isChanged());
        RunningSchedules.await(server.parts.changes.pause("a", true));
        assertEquals(List.of("changed a [cron 0 3 * * * 0 * * * *]"), apply("ops", schedule("a", HOURLY)));
        assertFalse(kept("a").origin().isChanged());
        assertTrue(kept("a").request().paused());
        assertEquals(
                List.of("changed a [paused true false]"),
                apply("ops", new Declared(schedule("a", HOURLY).request(), true)));
        assertFalse(kept("a").request().paused());
    }

    @Test
    void anUnchangedScheduleKeepsItsNextDueTime() {
        apply("ops", schedule("a", Timing.every(Duration.ofHours(5))));
        KeptSchedule before = kept("a");
        server.clock.advance(Duration.ofHours(2));
        apply("ops", schedule("a", Timing.every(Duration.ofHours(5))));
        assertEquals(before, kept("a"));
    }

    @Test
    void oneScheduleThatCannotBeKeepsAllOthersFromBeingChanged() {
        ProblemException refused = assertThrows(
                ProblemException.class,
                () -> apply("ops", schedule("a", HOURLY), schedule("b", Timing.cron("0 0 30 2 *"))));
        assertTrue(String.valueOf(refused.getMessage()).startsWith("Schedule \"b\": "), refused.getMessage());
        assertTrue(server.store.find("a").isEmpty());
    }

    @Test
    void moreSchedulesThanAreChangedAtOnceAreAllApplied() {
        Declared[] many = Stream.iterate(0, i -> i + 1)
                .limit(250)
                .map(i -> schedule("s" + i, HOURLY))
                .toArray(Declared[]::new);
        assertEquals(250, apply("ops", many).size());
        assertEquals(250, server.store.ofOrigin(ScheduleOrigin.Kind.FILE, "ops").size());
        assertEquals(250, apply("ops").size());
        assertEquals(List.of(), server.store.list("", 10));
    }

    private List<String> apply(String set, Declared... schedules) {
        return apply(set, false, schedules);
    }

    private List<String> apply(String set, boolean dryRun, Declared... schedules) {
        return RunningSchedules.await(server.parts.sets.apply(new DeclaredSchedules(set, List.of(schedules)), dryRun))
                .stream()
                .map(change -> change.kind().wireName() + " " + change.name()
                        + (change.differences().isEmpty()
                                ? ""
                                : " "
                                        + change.differences().stream()
                                                .map(one -> one.field() + " " + one.from() + " " + one.to())
                                                .toList()))
                .toList();
    }

    private KeptSchedule kept(String name) {
        return server.store.find(name).orElseThrow();
    }

    private static Declared schedule(String name, Timing timing) {
        JobRequest job = JobRequest.builder(List.of(new Task("m", Map.of()))).build();
        return new Declared(new ScheduleRequest(name, timing, job, Overlap.SKIP, Missed.ONCE, false), false);
    }
}
