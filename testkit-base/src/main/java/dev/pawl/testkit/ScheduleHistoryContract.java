package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.DueFire;
import dev.pawl.service.job.EarlierJobs;
import dev.pawl.service.job.Job;
import dev.pawl.service.schedule.Fire;
import dev.pawl.service.schedule.FireOutcome;
import dev.pawl.service.store.KeptSchedule;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.ScheduleStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The history of schedules. */
interface ScheduleHistoryContract extends ScheduleStoreTests {

    /** The fires that one transaction makes where there are many. */
    int AT_ONCE = 100;

    @Test
    default void theHistoryGoesWithItsScheduleAndItsJobsStay() {
        Job job = fire(put("a", NOW), EarlierJobs.YIELD_TO);
        await(schedules().delete("a", null));
        put("a", NOW);
        assertEquals(List.of(), schedules().fires("a", null, 10));
        assertTrue(jobs().find(job.id()).isPresent());
    }

    @Test
    default void aJobThatIsStartedByHandLeavesTheDueTimesAndIsInTheHistory() {
        KeptSchedule schedule = put("a", NOW);
        Job job = add(DueFire.byHand("a", NOW, "by ann"));
        Job another = add(DueFire.byHand("a", NOW, "by ann"));
        KeptSchedule after = schedules().find("a").orElseThrow();
        assertEquals(schedule.revision(), after.revision());
        assertEquals(schedule.next(), after.next());
        assertEquals(another.id(), lastJob());
        assertEquals(
                List.of(another.id(), job.id()),
                schedules().fires("a", null, 10).stream().map(Fire::job).toList());
    }

    @Test
    default void dueTimesWithoutAJobAreRecordedWithTheirReasons() {
        KeptSchedule schedule = put("a", NOW);
        DueFire fire = new DueFire(
                "a",
                schedule.revision(),
                NOW.plus(HOUR),
                NOW.plus(HOUR),
                EarlierJobs.YIELD_TO,
                null,
                new DueFire.Skipped(NOW, "1 due time passed"),
                "refused");
        assertTrue(await(schedules().pass(fire, FireOutcome.FAILED)));
        assertEquals(
                List.of(
                        new Fire(NOW.plus(HOUR), NOW.plus(HOUR), null, FireOutcome.FAILED, "refused"),
                        new Fire(NOW, NOW.plus(HOUR), null, FireOutcome.SKIPPED_MISSED, "1 due time passed")),
                schedules().fires("a", null, 10));
        assertEquals(null, schedules().find("a").orElseThrow().next());
        assertEquals(1, schedules().fires("a", NOW.plus(HOUR), 10).size());
    }

    @Test
    default void theHistoryIsBoundedButKeepsJobsThatHaveNotEnded() {
        Job first = fire(put("a", NOW), EarlierJobs.YIELD_TO);
        for (int fired = 0; fired < ScheduleStore.MOST_FIRES + 200; fired += AT_ONCE) {
            await(jobs().add(next(schedules().find("a").orElseThrow())));
        }
        List<Fire> history = schedules().fires("a", null, 10_000);
        assertTrue(history.size() >= ScheduleStore.MOST_FIRES, () -> history.size() + " fires");
        assertTrue(history.size() <= ScheduleStore.MOST_FIRES + 101, () -> history.size() + " fires");
        assertEquals(first.id(), history.get(history.size() - 1).job());
    }

    /** The next fires of a schedule, as they follow from each other, for one transaction. */
    private static List<NewJob> next(KeptSchedule schedule) {
        Instant first = ScheduleStoreTests.due(schedule, EarlierJobs.YIELD_TO).dueAt();
        List<NewJob> jobs = new ArrayList<>();
        for (int n = 0; n < AT_ONCE; n++) {
            Instant dueAt = first.plusSeconds(n);
            DueFire fire = new DueFire(
                    schedule.name(),
                    schedule.revision() + n,
                    dueAt,
                    dueAt,
                    EarlierJobs.YIELD_TO,
                    ScheduleStoreTests.next(dueAt.plusSeconds(1)),
                    null,
                    "");
            jobs.add(ScheduleStoreTests.newJob(fire, ScheduleStoreTests.request(), holder -> {}));
        }
        return jobs;
    }

    @Test
    default void aLineOfTheHistoryGoesAfterNinetyDays() {
        Job first = fire(put("a", NOW), EarlierJobs.YIELD_TO);
        await(jobs().remove(first.id()));
        Duration day = Duration.ofDays(1);
        for (int i = 0; i < 92; i++) {
            Job job = fire(schedules().find("a").orElseThrow(), EarlierJobs.YIELD_TO, day);
            await(jobs().remove(job.id()));
        }
        List<Fire> history = schedules().fires("a", null, 1_000);
        assertEquals(91, history.size());
    }
}
