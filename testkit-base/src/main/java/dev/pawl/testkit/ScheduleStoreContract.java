package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.access.Actor;
import dev.pawl.service.access.Door;
import dev.pawl.service.audit.AuditLog;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.DueFire;
import dev.pawl.service.job.EarlierJobs;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.RetryPolicy;
import dev.pawl.service.job.Task;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.schedule.Fire;
import dev.pawl.service.schedule.FireOutcome;
import dev.pawl.service.schedule.Missed;
import dev.pawl.service.schedule.Overlap;
import dev.pawl.service.schedule.ScheduleRequest;
import dev.pawl.service.schedule.Timing;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.KeptSchedule;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import dev.pawl.service.store.ScheduleStore;
import dev.pawl.service.store.ScheduleStore.ScheduledJob;
import dev.pawl.service.store.UniqueKeyCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of every store of schedules, as tests. The tests of a store have one subclass, which opens it. */
public abstract class ScheduleStoreContract {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration JITTER = Duration.ofSeconds(7);

    /** The store under test. */
    protected abstract ScheduleStore schedules();

    /** The jobs in the same store. */
    protected abstract JobStore jobs();

    /** The audit log beside it. */
    protected abstract AuditLog audit();

    /** Closes all and opens them again, with their contents. */
    protected abstract void reopen();

    @Test
    void aScheduleIsFoundAsItWasPutAlsoAfterAReopening() {
        Timing timing = new Timing("0 3 * * *", null, "Europe/Berlin", NOW, NOW.plus(HOUR), Duration.ofMinutes(5));
        JobRequest job = JobRequest.builder(List.of(new Task("mail", Map.of("to", "ann"))))
                .title("Nightly")
                .priority(3)
                .retry(new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofMinutes(1)))
                .build();
        ScheduleRequest request = new ScheduleRequest("a", timing, job, Overlap.QUEUE, Missed.ALL, true);
        assertTrue(await(schedules().put(KeptSchedule.first(request, NOW, null), null))
                .isDone());
        reopen();
        assertEquals(
                new KeptSchedule(request, 1, NOW, NOW, NOW, null, null),
                schedules().find("a").orElseThrow());
        assertEquals(Optional.empty(), schedules().find("A"));
    }

    @Test
    void aChangeOfAnotherRevisionChangesNothing() {
        KeptSchedule first = put("a", NOW.plus(HOUR));
        assertEquals(
                new ScheduleStore.Put(false, first),
                await(schedules().put(KeptSchedule.first(first.request(), NOW, null), null)));
        KeptSchedule paused = new KeptSchedule(
                first.request().withPaused(true), first.revision(), NOW.plus(HOUR), NOW, NOW.plus(HOUR), null, null);
        assertTrue(await(schedules().put(paused, null)).isDone());
        assertFalse(await(schedules().put(paused, null)).isDone());
        KeptSchedule now = schedules().find("a").orElseThrow();
        assertTrue(now.request().paused());
        assertEquals(2, now.revision());
        assertEquals(Optional.empty(), schedules().nextFire(Instant.MIN));
    }

    @Test
    void theListIsInTheOrderOfNamesAfterAName() {
        List.of("b", "a", "c", "B").forEach(name -> put(name, NOW));
        assertEquals(List.of("B", "a", "b"), names(schedules().list("", 3)));
        assertEquals(List.of("c"), names(schedules().list("b", 3)));
    }

    @Test
    void whatIsDueIsReadInTheOrderOfTheFiresFromPageToPage() {
        put("later", NOW.plusSeconds(2));
        put("b", NOW.plusSeconds(1));
        put("a", NOW.plusSeconds(1));
        put("first", NOW);
        Instant upTo = NOW.plusSeconds(1).plus(JITTER);
        List<KeptSchedule> page = schedules().due(upTo, null, 2);
        assertEquals(List.of("first", "a"), names(page));
        assertEquals(List.of("b"), names(schedules().due(upTo, page.get(1), 2)));
        assertEquals(Optional.of(NOW.plusSeconds(2).plus(JITTER)), schedules().nextFire(upTo));
    }

    @Test
    void aFireAddsItsJobMovesTheScheduleAndIsInTheHistory() {
        KeptSchedule schedule = put("a", NOW);
        Job job = fire(schedule, EarlierJobs.YIELD_TO);
        reopen();
        KeptSchedule moved = schedules().find("a").orElseThrow();
        assertEquals(schedule.revision() + 1, moved.revision());
        assertEquals(NOW, moved.settledAt());
        assertEquals(next(NOW.plus(HOUR)), moved.next());
        assertEquals(new KeptSchedule.Last(NOW.plusSeconds(1), job.id(), JobStatus.PENDING), moved.last());
        assertEquals(
                List.of(new Fire(NOW, NOW.plusSeconds(1), job.id(), FireOutcome.STARTED, "made up")),
                schedules().fires("a", null, 10));
        assertEquals(Optional.of(job.id()), jobs().find(job.id()).map(Job::id));
    }

    @Test
    void aRepeatedFireAddsNothingAndSaysSo() {
        KeptSchedule schedule = put("a", NOW);
        fire(schedule, EarlierJobs.RUN_BESIDE);
        assertStale(schedule);
        assertFalse(await(schedules().pass(due(schedule, EarlierJobs.YIELD_TO), FireOutcome.FAILED)));
        assertEquals(1, schedules().fires("a", null, 10).size());
        assertEquals(1, jobs().pending(10).size());
    }

    @Test
    void aFireOfARemovedScheduleAddsNothing() {
        KeptSchedule schedule = put("a", NOW);
        assertTrue(await(schedules().delete("a", null)));
        assertFalse(await(schedules().delete("a", null)));
        assertStale(schedule);
        assertEquals(List.of(), jobs().pending(10));
    }

    @Test
    void theHistoryGoesWithItsScheduleAndItsJobsStay() {
        Job job = fire(put("a", NOW), EarlierJobs.YIELD_TO);
        await(schedules().delete("a", null));
        put("a", NOW);
        assertEquals(List.of(), schedules().fires("a", null, 10));
        assertTrue(jobs().find(job.id()).isPresent());
    }

    @Test
    void aFireThatYieldsRecordsWhichJobHasNotEnded() {
        Job earlier = fire(put("a", NOW), EarlierJobs.YIELD_TO);
        Job present = fire(schedules().find("a").orElseThrow(), EarlierJobs.YIELD_TO);
        assertEquals(earlier.id(), present.id());
        Fire skipped = schedules().fires("a", null, 1).get(0);
        assertEquals(FireOutcome.SKIPPED_OVERLAP, skipped.outcome());
        assertEquals("made up Job " + earlier.id() + " of this schedule is waiting.", skipped.detail());
        assertEquals(earlier.id(), lastJob(), "the last one that was started");
    }

    @Test
    void onceTheEarlierJobHasEndedTheNextFireStartsAnother() {
        Job first = fire(put("a", NOW), EarlierJobs.YIELD_TO);
        await(jobs().remove(first.id()));
        Job second = fire(schedules().find("a").orElseThrow(), EarlierJobs.YIELD_TO);
        assertEquals(second.id(), lastJob());
    }

    @Test
    void besideRunningJobsAnotherStartsButOnlyOneWaits() {
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
    void jobsThatWaitForEarlierOnesAreReleasedOneAfterAnother() {
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
    void jobsThatWaitForEachOtherMayStartWhenTheirScheduleGoes() {
        Job first = fire(put("a", NOW), EarlierJobs.WAIT_FOR);
        Job second = fire(schedules().find("a").orElseThrow(), EarlierJobs.WAIT_FOR);
        put("b", NOW);
        assertEquals(List.of("a"), schedules().waiting());
        await(schedules().delete("a", null));
        assertEquals(List.of(), schedules().waiting());
        assertEquals(List.of(first.id(), second.id()), claim());
    }

    @Test
    void aReplacingFireAsksItsJudgeAndChangesNothingWhenThatRefuses() {
        Job earlier = fire(put("a", NOW), EarlierJobs.STOP);
        KeptSchedule schedule = schedules().find("a").orElseThrow();
        IllegalStateException refused = assertThrows(
                IllegalStateException.class,
                () -> await(jobs().add(List.of(newJob(due(schedule, EarlierJobs.STOP), request(), holder -> {
                    throw new IllegalStateException("stop " + holder.id());
                })))));
        assertEquals("stop " + earlier.id(), refused.getMessage());
        assertEquals(schedule, schedules().find("a").orElseThrow());
    }

    @Test
    void aUniqueKeyThatIsHeldSkipsTheDueTimeWithoutItsJudge() {
        JobRequest unique = JobRequest.builder(List.of(new Task("m", Map.of())))
                .uniqueKey("k")
                .build();
        Job holder = await(jobs().add(List.of(new NewJob(UUID.randomUUID(), unique, NOW))))
                .get(0);
        NewJob wanted = newJob(due(put("a", NOW), EarlierJobs.YIELD_TO), unique, other -> {
            throw new IllegalStateException();
        });
        assertEquals(holder.id(), await(jobs().add(List.of(wanted))).get(0).id());
        assertEquals(
                "made up Job " + holder.id() + " holds the unique key.",
                schedules().fires("a", null, 1).get(0).detail());
    }

    @Test
    void aJobThatIsStartedByHandLeavesTheDueTimesAndIsInTheHistory() {
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
    void dueTimesWithoutAJobAreRecordedWithTheirReasons() {
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
    void theHistoryIsBoundedButKeepsJobsThatHaveNotEnded() {
        Job first = fire(put("a", NOW), EarlierJobs.YIELD_TO);
        for (int i = 0; i < ScheduleStore.MOST_FIRES + 200; i++) {
            fire(schedules().find("a").orElseThrow(), EarlierJobs.YIELD_TO, Duration.ofMinutes(1));
        }
        List<Fire> history = schedules().fires("a", null, 10_000);
        assertTrue(history.size() >= ScheduleStore.MOST_FIRES, () -> history.size() + " fires");
        assertTrue(history.size() <= ScheduleStore.MOST_FIRES + 101, () -> history.size() + " fires");
        assertEquals(first.id(), history.get(history.size() - 1).job());
    }

    @Test
    void aLineOfTheHistoryGoesAfterNinetyDays() {
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

    @Test
    void eachChangeBringsItsEntryAndWhatChangesNothingBringsNone() {
        KeptSchedule schedule = KeptSchedule.first(named("a"), NOW, null);
        await(schedules().put(schedule, change("schedule.put")));
        await(schedules().put(schedule, change("schedule.put")));
        await(schedules().delete("a", change("schedule.remove")));
        await(schedules().delete("a", change("schedule.remove")));
        reopen();
        assertEquals(
                List.of("schedule.put", "schedule.remove"),
                audit().after(0, 10).stream()
                        .map(record -> record.entry().action())
                        .toList());
    }

    private void assertStale(KeptSchedule schedule) {
        ProblemException stale = assertThrows(ProblemException.class, () -> fire(schedule, EarlierJobs.RUN_BESIDE));
        assertEquals(ProblemCode.SCHEDULE_CHANGED, stale.code());
    }

    private KeptSchedule put(String name, Instant dueAt) {
        assertTrue(await(schedules().put(KeptSchedule.first(named(name), NOW, next(dueAt)), null))
                .isDone());
        return schedules().find(name).orElseThrow();
    }

    private static ScheduleRequest named(String name) {
        return new ScheduleRequest(name, Timing.every(HOUR), request(), Overlap.SKIP, Missed.ONCE, false);
    }

    private static JobRequest request() {
        return JobRequest.builder(List.of(new Task("m", Map.of()))).build();
    }

    private Job fire(KeptSchedule schedule, EarlierJobs earlier) {
        return fire(schedule, earlier, HOUR);
    }

    private Job fire(KeptSchedule schedule, EarlierJobs earlier, Duration every) {
        return add(due(schedule, earlier, every));
    }

    private Job add(DueFire fire) {
        return await(jobs().add(List.of(newJob(fire, request(), holder -> {})))).get(0);
    }

    private static NewJob newJob(DueFire fire, JobRequest request, UniqueKeyCheck check) {
        return new NewJob(UUID.randomUUID(), request, NOW, check, null, fire, null);
    }

    private static DueFire due(KeptSchedule schedule, EarlierJobs earlier) {
        return due(schedule, earlier, HOUR);
    }

    private static DueFire due(KeptSchedule schedule, EarlierJobs earlier, Duration every) {
        DueFire.Next due = schedule.next();
        Instant dueAt = due == null ? NOW : due.dueAt();
        return new DueFire(
                schedule.name(),
                schedule.revision(),
                dueAt,
                dueAt.plusSeconds(1),
                earlier,
                next(dueAt.plus(every)),
                null,
                "made up");
    }

    private static DueFire.Next next(Instant dueAt) {
        return new DueFire.Next(dueAt, dueAt.plus(JITTER));
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

    private @Nullable UUID lastJob() {
        KeptSchedule.Last last = schedules().find("a").orElseThrow().last();
        return last == null ? null : last.job();
    }

    private static List<String> names(List<KeptSchedule> schedules) {
        return schedules.stream().map(KeptSchedule::name).toList();
    }

    private static AuditedChange change(String action) {
        return new AuditedChange(Actor.inside(Door.SHELL), action, "a", NOW);
    }
}
