package dev.pawl.store.postgres;

import static dev.pawl.store.postgres.TwoStores.await;
import static dev.pawl.store.postgres.TwoStores.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.DueFire;
import dev.pawl.service.job.EarlierJobs;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
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
import dev.pawl.service.store.KeptSchedule;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The schedules of two stores on one database. */
@ExtendWith(TestDatabase.class)
class SharedSchedulesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int ROUNDS = 50;

    /** The code of a fire that came after another server's, or while that was being written. */
    private static final Set<ProblemCode> REFUSALS =
            Set.of(ProblemCode.SCHEDULE_CHANGED, ProblemCode.STORE_UNAVAILABLE);

    @RegisterExtension
    final TwoStores stores = new TwoStores();

    private PostgresSchedules ofFirst;
    private PostgresSchedules ofSecond;

    @BeforeEach
    void open() {
        ofFirst = new PostgresSchedules(stores.first);
        ofSecond = new PostgresSchedules(stores.second);
    }

    private static JobRequest request() {
        return JobRequest.builder(List.of(new Task("m", Map.of()))).build();
    }

    private KeptSchedule put(String name) {
        ScheduleRequest request =
                new ScheduleRequest(name, Timing.every(HOUR), request(), Overlap.SKIP, Missed.ONCE, false);
        assertTrue(await(ofFirst.put(KeptSchedule.first(request, null, NOW, new DueFire.Next(NOW, NOW)), null))
                .isDone());
        return ofFirst.find(name).orElseThrow();
    }

    private static NewJob fire(KeptSchedule schedule, EarlierJobs earlier) {
        Instant dueAt = schedule.next() == null ? NOW : schedule.next().dueAt();
        DueFire.Next next = new DueFire.Next(dueAt.plus(HOUR), dueAt.plus(HOUR));
        DueFire fire = new DueFire(schedule.name(), schedule.revision(), dueAt, dueAt, earlier, next, null, "");
        return new NewJob(UUID.randomUUID(), request(), NOW, holder -> {}, null, fire, null);
    }

    @Test
    void ofTwoServersThatFireADueTimeOneAddsItsJob() {
        put("a");
        for (int round = 0; round < ROUNDS; round++) {
            KeptSchedule schedule = ofFirst.find("a").orElseThrow();
            assertEquals(schedule, ofSecond.find("a").orElseThrow());
            NewJob ofOne = fire(schedule, EarlierJobs.YIELD_TO);
            NewJob ofOther = fire(schedule, EarlierJobs.YIELD_TO);
            CompletableFuture<List<Job>> one = stores.first.add(List.of(ofOne)).toCompletableFuture();
            CompletableFuture<List<Job>> other =
                    stores.second.add(List.of(ofOther)).toCompletableFuture();
            ProblemCode refusedOne = refusal(one);
            ProblemCode refusedOther = refusal(other);
            assertTrue(refusedOne == null ^ refusedOther == null, refusedOne + ", " + refusedOther);
            assertTrue(
                    REFUSALS.contains(refusedOne == null ? refusedOther : refusedOne),
                    refusedOne + ", " + refusedOther);
            UUID made = refusedOne == null ? ofOne.id() : ofOther.id();
            assertEquals(
                    List.of(made),
                    stores.first.pending(10).stream().map(Job::id).toList());
            assertTrue(await(stores.second.remove(made, null)));
        }
        List<Fire> history = ofSecond.fires("a", null, 2 * ROUNDS);
        assertEquals(ROUNDS, history.size());
        assertTrue(history.stream().allMatch(line -> line.outcome() == FireOutcome.STARTED));
    }

    @Test
    void serversThatFireManySchedulesInDifferentOrdersFireEachOnce() {
        List<KeptSchedule> schedules = new ArrayList<>();
        for (int n = 0; n < ROUNDS; n++) {
            schedules.add(put("s" + n));
        }
        List<KeptSchedule> reversed = new ArrayList<>(schedules);
        Collections.reverse(reversed);
        List<CompletableFuture<?>> fires = new ArrayList<>();
        for (int n = 0; n < ROUNDS; n++) {
            fires.add(stores.first
                    .add(List.of(fire(schedules.get(n), EarlierJobs.YIELD_TO)))
                    .toCompletableFuture());
            fires.add(stores.second
                    .add(List.of(fire(reversed.get(n), EarlierJobs.YIELD_TO)))
                    .toCompletableFuture());
        }
        assertEquals(
                ROUNDS, fires.stream().filter(made -> refusal(made) == null).count());
        assertEquals(ROUNDS, stores.first.pending(2 * ROUNDS).size());
    }

    @Test
    void schedulesAreDueByTheClockOfTheDatabaseWhateverThatOfAServerSays() throws SQLException {
        Instant before = database();
        Instant there = ofFirst.clock(() -> NOW.minus(Duration.ofDays(9_999))).instant();
        Instant after = database();
        assertFalse(there.isBefore(before.minusSeconds(5)), there + ", but not before " + before);
        assertFalse(there.isAfter(after), there + ", but not after " + after);
    }

    private static Instant database() throws SQLException {
        try (Connection connection = TestDatabase.server().getPostgresDatabase().getConnection();
                Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery("SELECT clock_timestamp()")) {
            rows.next();
            return rows.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    @Test
    void aServerThatHangsWhileItFiresHoldsNoOtherUp() throws SQLException {
        KeptSchedule schedule = put("a");
        try (Connection hanging = TestDatabase.server().getPostgresDatabase().getConnection();
                Statement sql = hanging.createStatement()) {
            hanging.setAutoCommit(false);
            sql.execute("SELECT 1 FROM schedules FOR UPDATE");
            assertEquals(
                    ProblemCode.STORE_UNAVAILABLE,
                    refusal(stores.first.add(List.of(fire(schedule, EarlierJobs.YIELD_TO)))));
            await(stores.first.add(List.of(new NewJob(UUID.randomUUID(), request(), NOW))));
            hanging.rollback();
        }
        await(stores.first.add(List.of(fire(schedule, EarlierJobs.YIELD_TO))));
        assertEquals(1, ofSecond.fires("a", null, 10).size());
    }

    @Test
    void aScheduleThatOneServerHasPausedDoesNotFireOnTheOther() {
        KeptSchedule schedule = put("a");
        KeptSchedule paused = new KeptSchedule(
                schedule.request().withPaused(true), null, schedule.revision(), NOW, NOW, NOW, null, null);
        assertTrue(await(ofSecond.put(paused, null)).isDone());
        assertEquals(List.of(), ofFirst.due(NOW, null, 10));
        ProblemException refused = assertThrows(
                ProblemException.class, () -> await(stores.first.add(List.of(fire(schedule, EarlierJobs.YIELD_TO)))));
        assertEquals(ProblemCode.SCHEDULE_CHANGED, refused.code());
        assertFalse(await(ofFirst.pass(fire(schedule, EarlierJobs.YIELD_TO).fire(), FireOutcome.FAILED)));
    }

    @Test
    void whoeverEndsAJobLetsTheOneStartThatBeganToWaitForItAtThatMomentElsewhere() {
        put("a");
        for (int round = 0; round < ROUNDS; round++) {
            UUID earlier = await(stores.first.add(List.of(fire(ofFirst.find("a").orElseThrow(), EarlierJobs.WAIT_FOR))))
                    .get(0)
                    .id();
            Job run = claimed(stores.second, earlier);
            NewJob waiting = fire(ofFirst.find("a").orElseThrow(), EarlierJobs.WAIT_FOR);
            CompletableFuture<?> fired = stores.first.add(List.of(waiting)).toCompletableFuture();
            RunWrite end =
                    RunWrite.of(new RunId(earlier, run.state().epoch()), 0).withMove(new RunMove.Completed(NOW));
            CompletableFuture<?> ended = stores.second
                    .write(end)
                    .thenCompose(written -> ofSecond.release("a"))
                    .toCompletableFuture();
            CompletableFuture.allOf(fired, ended)
                    .orTimeout(60, TimeUnit.SECONDS)
                    .join();
            assertEquals(List.of(), ofFirst.waiting(), "in round " + round);
            RunWrite over = RunWrite.of(
                            new RunId(
                                    waiting.id(),
                                    claimed(stores.first, waiting.id()).state().epoch()),
                            0)
                    .withMove(new RunMove.Completed(NOW));
            await(stores.first.write(over));
        }
        assertEquals(2 * ROUNDS, stores.second.counts().get(JobStatus.COMPLETED));
    }

    private static Job claimed(PostgresStore store, UUID job) {
        List<Job> claimed = await(store.claim(new ClaimRequest("w", 1, 10_000, null, Map.of(), NOW, null)));
        assertEquals(List.of(job), claimed.stream().map(Job::id).toList());
        return claimed.get(0);
    }
}
