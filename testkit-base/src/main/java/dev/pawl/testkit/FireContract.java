package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.EarlierJobs;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Task;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.schedule.Fire;
import dev.pawl.service.schedule.FireOutcome;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.KeptSchedule;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import dev.pawl.service.store.ScheduleStore.ScheduledJob;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Due times and the jobs that they add. */
interface FireContract extends ScheduleStoreTests {

    @Test
    default void aFireAddsItsJobMovesTheScheduleAndIsInTheHistory() {
        KeptSchedule schedule = put("a", NOW);
        Job job = fire(schedule, EarlierJobs.YIELD_TO);
        reopen();
        KeptSchedule moved = schedules().find("a").orElseThrow();
        assertEquals(schedule.revision() + 1, moved.revision());
        assertEquals(NOW, moved.settledAt());
        assertEquals(ScheduleStoreTests.next(NOW.plus(HOUR)), moved.next());
        assertEquals(new KeptSchedule.Last(NOW.plusSeconds(1), job.id(), JobStatus.PENDING), moved.last());
        assertEquals(
                List.of(new Fire(NOW, NOW.plusSeconds(1), job.id(), FireOutcome.STARTED, "made up")),
                schedules().fires("a", null, 10));
        assertEquals(Optional.of(job.id()), jobs().find(job.id()).map(Job::id));
    }

    @Test
    default void aRepeatedFireAddsNothingAndSaysSo() {
        KeptSchedule schedule = put("a", NOW);
        fire(schedule, EarlierJobs.RUN_BESIDE);
        assertStale(schedule);
        assertFalse(
                await(schedules().pass(ScheduleStoreTests.due(schedule, EarlierJobs.YIELD_TO), FireOutcome.FAILED)));
        assertEquals(1, schedules().fires("a", null, 10).size());
        assertEquals(1, jobs().pending(10).size());
    }

    @Test
    default void aFireOfARemovedScheduleAddsNothing() {
        KeptSchedule schedule = put("a", NOW);
        assertTrue(await(schedules().delete("a", null)));
        assertFalse(await(schedules().delete("a", null)));
        assertStale(schedule);
        assertEquals(List.of(), jobs().pending(10));
    }

    @Test
    default void aFireThatYieldsRecordsWhichJobHasNotEnded() {
        Job earlier = fire(put("a", NOW), EarlierJobs.YIELD_TO);
        Job present = fire(schedules().find("a").orElseThrow(), EarlierJobs.YIELD_TO);
        assertEquals(earlier.id(), present.id());
        Fire skipped = schedules().fires("a", null, 1).get(0);
        assertEquals(FireOutcome.SKIPPED_OVERLAP, skipped.outcome());
        assertEquals("made up Job " + earlier.id() + " of this schedule is waiting.", skipped.detail());
        assertEquals(earlier.id(), lastJob(), "the last one that was started");
    }

    @Test
    default void onceTheEarlierJobHasEndedTheNextFireStartsAnother() {
        Job first = fire(put("a", NOW), EarlierJobs.YIELD_TO);
        await(jobs().remove(first.id()));
        Job second = fire(schedules().find("a").orElseThrow(), EarlierJobs.YIELD_TO);
        assertEquals(second.id(), lastJob());
    }

    @Test
    default void besideRunningJobsAnotherStartsButOnlyOneWaits() {
        Job first = fire(put("a", NOW), EarlierJobs.RUN_BESIDE);
        assertEquals(
                first.id(),
                fire(schedules().find("a").orElseThrow(), EarlierJobs.RUN_BESIDE)
                        .id());
        claim();
        Job second = fire(schedules().find("a").orElseThrow(), EarlierJobs.RUN_BESIDE);
        assertEquals(
                List.of(second.id()), jobs().pending(10).stream().map(Job::id).toList());
        assertEquals(
                JobStatus.RUNNING, jobs().find(first.id()).orElseThrow().state().status());
    }

    @Test
    default void jobsThatWaitForEarlierOnesAreReleasedOneAfterAnother() {
        Job first = fire(put("a", NOW), EarlierJobs.WAIT_FOR);
        Job second = fire(schedules().find("a").orElseThrow(), EarlierJobs.WAIT_FOR);
        Job third = fire(schedules().find("a").orElseThrow(), EarlierJobs.WAIT_FOR);
        assertEquals(List.of(first.id()), claim());
        assertEquals(
                Optional.of(new ScheduledJob(first.id(), 2)), await(schedules().release("a")));
        assertEquals(List.of(), claim());
        stop(first);
        assertEquals(
                Optional.of(new ScheduledJob(second.id(), 1)), await(schedules().release("a")));
        assertEquals(List.of(second.id()), claim());
        stop(second);
        reopen();
        await(schedules().release("a"));
        assertEquals(List.of(third.id()), claim());
        stop(third);
        assertEquals(Optional.empty(), await(schedules().release("a")));
    }

    @Test
    default void jobsThatWaitForEachOtherMayStartWhenTheirScheduleGoes() {
        Job first = fire(put("a", NOW), EarlierJobs.WAIT_FOR);
        Job second = fire(schedules().find("a").orElseThrow(), EarlierJobs.WAIT_FOR);
        put("b", NOW);
        assertEquals(List.of("a"), schedules().waiting());
        await(schedules().delete("a", null));
        assertEquals(List.of(), schedules().waiting());
        assertEquals(List.of(first.id(), second.id()), claim());
    }

    @Test
    default void aReplacingFireAsksItsJudgeAndChangesNothingWhenThatRefuses() {
        Job earlier = fire(put("a", NOW), EarlierJobs.STOP);
        KeptSchedule schedule = schedules().find("a").orElseThrow();
        IllegalStateException refused = assertThrows(
                IllegalStateException.class,
                () -> await(jobs().add(List.of(ScheduleStoreTests.newJob(
                        ScheduleStoreTests.due(schedule, EarlierJobs.STOP), ScheduleStoreTests.request(), holder -> {
                            throw new IllegalStateException("stop " + holder.id());
                        })))));
        assertEquals("stop " + earlier.id(), refused.getMessage());
        assertEquals(schedule, schedules().find("a").orElseThrow());
    }

    @Test
    default void aUniqueKeyThatIsHeldSkipsTheDueTimeWithoutItsJudge() {
        JobRequest unique = JobRequest.builder(List.of(new Task("m", Map.of())))
                .uniqueKey("k")
                .build();
        Job holder = await(jobs().add(List.of(new NewJob(UUID.randomUUID(), unique, NOW))))
                .get(0);
        NewJob wanted = ScheduleStoreTests.newJob(
                ScheduleStoreTests.due(put("a", NOW), EarlierJobs.YIELD_TO), unique, other -> {
                    throw new IllegalStateException();
                });
        assertEquals(holder.id(), await(jobs().add(List.of(wanted))).get(0).id());
        assertEquals(
                "made up Job " + holder.id() + " holds the unique key.",
                schedules().fires("a", null, 1).get(0).detail());
    }

    private void assertStale(KeptSchedule schedule) {
        ProblemException stale = assertThrows(ProblemException.class, () -> fire(schedule, EarlierJobs.RUN_BESIDE));
        assertEquals(ProblemCode.SCHEDULE_CHANGED, stale.code());
    }

    private List<UUID> claim() {
        return await(jobs().claim(new ClaimRequest("here", 100, 100, null, Map.of(), NOW, null))).stream()
                .map(Job::id)
                .toList();
    }

    private void stop(Job job) {
        RunWrite write = RunWrite.of(new RunId(job.id(), 1), 0).withMove(new RunMove.Stopped(NOW));
        await(jobs().write(write));
    }
}
