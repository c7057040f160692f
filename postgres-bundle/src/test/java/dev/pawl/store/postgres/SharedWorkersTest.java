package dev.pawl.store.postgres;

import static dev.pawl.store.postgres.TwoStores.await;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.LogLevel;
import dev.pawl.service.event.WorkerEvent;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunWrite;
import dev.pawl.service.store.SharedWorkers;
import dev.pawl.service.store.SharedWorkers.Sign;
import dev.pawl.service.worker.JobHold;
import dev.pawl.service.worker.Worker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** External workers of two servers whose clocks are hours apart. */
@ExtendWith(TestDatabase.class)
class SharedWorkersTest {

    private static final Duration EXPIRY = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    final TwoStores stores = new TwoStores();

    private WorkersOfServer first;
    private WorkersOfServer second;

    @BeforeEach
    void open() {
        first = server("a", stores.first, Duration.ofHours(-7));
        second = server("b", stores.second, Duration.ofHours(5));
    }

    private static WorkersOfServer server(String id, PostgresStore store, Duration skew) {
        return new WorkersOfServer(
                id, store, () -> InstantSource.system().instant().plus(skew), EXPIRY);
    }

    private Job leased() {
        NewJob job = new NewJob(
                UUID.randomUUID(),
                JobRequest.builder(List.of(new Task("far", Map.of()))).build(),
                Instant.EPOCH);
        await(stores.first.add(List.of(job)));
        return first.poll("w1").orElseThrow();
    }

    private Job read(Job job) {
        return stores.second.find(job.id()).orElseThrow();
    }

    /** Both servers look, again and again, for longer than a lease lasts. */
    private void watched(Runnable meanwhile) {
        long untilNs = System.nanoTime() + EXPIRY.plusSeconds(1).toNanos();
        eventually(PATIENCE, () -> {
            meanwhile.run();
            first.look();
            second.look();
            assertTrue(System.nanoTime() - untilNs > 0);
        });
    }

    @Test
    @Tag("nightly")
    void aWorkerThatBeatsAtOneServerKeepsItsJobWhileAnotherLooksAndMayEndItThere() {
        Job job = leased();
        watched(() -> assertEquals(JobHold.HELD, first.beat("w1", job.id())));
        assertEquals(JobStatus.RUNNING, read(job).state().status());
        watched(() -> assertEquals(JobHold.HELD, second.beat("w1", job.id())));
        assertEquals(1, read(job).state().epoch());
        assertEquals(1, stores.first.runs(job.id()).size());
        await(second.registry.completed(job.id().toString(), 1L, false, Map.of()));
        assertEquals(JobStatus.COMPLETED, read(job).state().status());
        assertFalse(first.told.contains(WorkerEvent.Change.LOST), "it was heard by the other server: " + first.told);
    }

    @Test
    void aWorkerThatNoServerHearsLosesItsJob() {
        Job job = leased();
        long beganNs = System.nanoTime();
        eventually(PATIENCE, () -> {
            second.look();
            assertEquals(JobStatus.PENDING, read(job).state().status());
        });
        Duration took = Duration.ofNanos(System.nanoTime() - beganNs);
        assertTrue(took.compareTo(EXPIRY.minusMillis(200)) > 0, "after " + took);
        assertEquals(JobHold.HELD, second.beat("w1", job.id()), "nobody has taken it meanwhile");
    }

    @Test
    void aServerThatHasJustBegunTakesNoJobOfAWorkerThatNobodyCouldHear() throws Exception {
        Job job = leased();
        TestDatabase.run("UPDATE runs SET lease_until = 1"); // as after an outage of all servers
        WorkersOfServer begun = server("c", stores.second, Duration.ZERO);
        begun.look();
        await(stores.second.settled());
        assertEquals(JobStatus.RUNNING, read(job).state().status());
        assertEquals(JobHold.HELD, begun.beat("w1", job.id()));
    }

    @Test
    void whatOneServerNoticesOfAWorkerIsToldByBothOnce() {
        first.beat("w1", null);
        eventually("its sign is there", () -> {
            first.look();
            return second.registry.worker("w1").isPresent();
        });
        second.beat("w1", null);
        await(second.registry.disable("w1", true));
        List<WorkerEvent.Change> changes = List.of(WorkerEvent.Change.APPEARED, WorkerEvent.Change.DISABLED);
        eventually(() -> {
            assertEquals(changes, first.told);
            assertEquals(changes, second.told);
        });
    }

    @Test
    void eachServerShowsTheWorkersThatAnotherHearsAndThatServer() {
        Job job = leased();
        first.beat("w1", job.id());
        first.look();
        eventually(() -> {
            List<Worker> shown = second.registry.workers();
            assertEquals(
                    List.of("w1", "a", "b"), shown.stream().map(Worker::id).toList(), "sorted by the names of hosts");
            Worker one = shown.get(0);
            assertEquals(job.id(), one.heartbeat().jobId());
            assertEquals(Map.of("file", "a"), one.heartbeat().info());
            assertEquals(1, one.running().size());
            Duration off = Duration.between(InstantSource.system().instant().plus(Duration.ofHours(5)), one.seenAt());
            assertTrue(off.abs().compareTo(Duration.ofMinutes(1)) < 0, "by the clock of who is asked: " + off);
        });
        await(second.registry.disable("a", true));
        assertTrue(second.registry.worker("a").orElseThrow().disabled());
        assertTrue(second.registry.remove("w1"));
        assertTrue(second.registry.worker("w1").isEmpty());
        assertFalse(second.registry.remove("w1"));
        eventually(PATIENCE, () -> {
            second.look();
            assertTrue(second.registry.worker("a").isEmpty(), "it has told nothing since");
        });
    }

    @Test
    void theLastSignOfAWorkerIsKeptWhicheverServerTellsItLast() {
        SharedWorkers ofFirst = stores.first.sharedWorkers().orElseThrow();
        SharedWorkers ofSecond = stores.second.sharedWorkers().orElseThrow();
        Duration aMinute = Duration.ofMinutes(1);
        await(ofFirst.keep(
                List.of(new Sign("w", "new", Duration.ofSeconds(1)), new Sign("v", "v", Duration.ZERO)), aMinute));
        await(ofSecond.keep(List.of(new Sign("w", "old", Duration.ofSeconds(30))), aMinute));
        assertEquals(
                List.of("v", "new"),
                ofSecond.signs(aMinute, 10).stream().map(Sign::message).toList());
        assertEquals(1, ofSecond.signs(aMinute, 1).size());
        await(ofSecond.keep(List.of(new Sign("old", "gone at once", Duration.ofMinutes(2))), aMinute));
        assertEquals(
                List.of(),
                ofFirst.signs(Duration.ofDays(1), 10).stream()
                        .filter(sign -> sign.id().equals("old"))
                        .toList());
        assertTrue(await(ofSecond.forget("w")));
        assertFalse(await(ofFirst.forget("w")));
    }

    @Test
    void whatTwoServersWriteForOneLeasedRunIsAllThere() {
        Job job = leased();
        int writes = 150;
        List<CompletableFuture<Void>> servers = new ArrayList<>();
        for (PostgresStore store : List.of(stores.first, stores.second)) {
            servers.add(CompletableFuture.runAsync(() -> {
                for (int n = 0; n < writes; n++) {
                    await(store.write(RunWrite.ofRuntime(job)
                            .withLines(List.of(new RunWrite.Line(Instant.EPOCH, LogLevel.INFO, "line " + n)))));
                    assertTrue(await(store.keepLease(job.id(), 1, "w1", "w1", Duration.ofHours(1))));
                }
            }));
        }
        servers.forEach(server -> server.orTimeout(60, TimeUnit.SECONDS).join());
        assertEquals(2 * writes + 1, stores.second.logs(job.id(), 1_000).size(), "with the one that says who took it");
        assertTrue(
                Duration.between(Instant.now(), read(job).state().leasedUntil()).toMinutes() > 50);
    }
}
