package dev.pawl.store.postgres;

import static dev.pawl.store.postgres.TwoStores.await;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.StaleRunException;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.JobConsumer;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import dev.pawl.service.store.RunningJob;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two stores on one database, by its own clock. */
@ExtendWith(TestDatabase.class)
class SharedStoreTest {

    private static final String REFUSE_LEASES =
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END'; "
                    + "CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON servers FOR EACH ROW EXECUTE FUNCTION refuse()";
    private static final String ALLOW_LEASES = "DROP TRIGGER refuse ON servers; DROP FUNCTION refuse()";

    private static final Instant ANY_TIME = Instant.parse("1999-01-01T00:00:00Z"); // clocks of servers say nothing

    @RegisterExtension
    final TwoStores stores = new TwoStores();

    private static NewJob job() {
        return new NewJob(
                UUID.randomUUID(),
                JobRequest.builder(List.of(new Task("m", Map.of()))).build(),
                ANY_TIME);
    }

    private static List<Job> claim(PostgresStore store, int most) {
        return await(store.claim(new ClaimRequest("w", most, 10_000, null, Map.of(), ANY_TIME, null)));
    }

    private static RunWrite completed(Job job) {
        return RunWrite.of(new RunId(job.id(), job.state().epoch()), 0).withMove(new RunMove.Completed(ANY_TIME));
    }

    @Test
    void anEndThatComesWhileAnotherServerLooksForEndedLeasesStays() {
        ClaimRequest leased = new ClaimRequest("w", 10, 100, null, Map.of(), ANY_TIME, ANY_TIME.plusMillis(1));
        for (int round = 0; round < 60; round++) {
            await(stores.second.add(IntStream.range(0, 10).mapToObj(n -> job()).toList()));
            Map<UUID, CompletionStage<Boolean>> ends = new LinkedHashMap<>();
            List<CompletionStage<?>> looks = new ArrayList<>();
            for (Job run : await(stores.second.claim(leased))) {
                ends.put(
                        run.id(),
                        stores.second
                                .write(completed(run))
                                .thenApply(done -> true)
                                .exceptionally(tooLate -> false));
                if (ends.size() % 3 == 1) {
                    looks.add(stores.first.expireLeases(ANY_TIME.plusSeconds(1)));
                }
                LockSupport.parkNanos(300_000);
            }
            looks.forEach(TwoStores::await);
            ends.forEach((id, end) -> assertTrue(
                    !await(end) || stores.first.find(id).orElseThrow().state().status() == JobStatus.COMPLETED,
                    () -> id + " had ended"));
            await(stores.first.removePending(null));
        }
    }

    @Test
    void whatRunsOnAnotherServerHasNoSlotHere() {
        await(stores.first.add(List.of(job())));
        Job run = claim(stores.first, 1).get(0);
        Set<String> modules = Set.of("m");
        assertEquals(List.of(new RunningJob(run.id(), modules, 0, true)), stores.first.runningJobs());
        assertEquals(List.of(new RunningJob(run.id(), modules, 0, false)), stores.second.runningJobs());
    }

    @Test
    void noJobIsClaimedByBoth() {
        List<NewJob> jobs = new ArrayList<>();
        for (int n = 0; n < 400; n++) {
            jobs.add(job());
        }
        await(stores.first.add(jobs));
        Set<UUID> claimed = new HashSet<>();
        int all = 0;
        while (all < jobs.size()) {
            var one = CompletableFuture.supplyAsync(() -> claim(stores.first, 16));
            var other = CompletableFuture.supplyAsync(() -> claim(stores.second, 16));
            for (Job job : one.join()) {
                all++;
                claimed.add(job.id());
            }
            for (Job job : other.join()) {
                all++;
                claimed.add(job.id());
            }
        }
        assertEquals(jobs.size(), claimed.size());
        assertEquals(400, stores.second.counts().get(JobStatus.RUNNING));
    }

    @Test
    void aRunIsWrittenByItsOwnerAlone() {
        await(stores.first.add(List.of(job())));
        Job run = claim(stores.first, 1).get(0);
        assertThrows(StaleRunException.class, () -> await(stores.second.write(completed(run))));
        await(stores.first.write(completed(run)));
        assertEquals(
                JobStatus.COMPLETED,
                stores.second.find(run.id()).orElseThrow().state().status());
    }

    @Test
    void aServerTakesNoRunsOfOneThatLives() {
        await(stores.first.add(List.of(job())));
        Job run = claim(stores.first, 1).get(0);
        assertEquals(List.of(), await(stores.second.recover(3, ANY_TIME)));
        await(stores.first.write(completed(run)));
    }

    @Test
    void aServerThatComesBackLateIsFencedAndGoesOnWithOthers() throws SQLException {
        await(stores.first.add(List.of(job(), job())));
        List<Job> runs = claim(stores.first, 2);
        TestDatabase.run(
                "UPDATE servers SET lease_until = lease_until - 16000000 WHERE owner = (SELECT min(owner) FROM runs)");
        assertEquals(2, await(stores.second.recover(3, ANY_TIME)).size());
        for (Job run : runs) { // also while no other run has begun
            assertThrows(StaleRunException.class, () -> await(stores.first.write(completed(run))));
            RunWrite stop = RunWrite.of(new RunId(run.id(), 1), 0).withMove(new RunMove.Stopped(ANY_TIME));
            assertThrows(StaleRunException.class, () -> await(stores.first.write(stop)));
        }
        Job again = claim(stores.second, 1).get(0);
        assertEquals(2, again.state().epoch());
        assertThrows(StaleRunException.class, () -> await(stores.first.write(completed(again))));
        await(stores.second.write(completed(again)));
        eventually(
                "it is told of the job that was put back",
                () -> claim(stores.first, 5).size() == 1);
        assertEquals(1, stores.first.counts().get(JobStatus.COMPLETED));
    }

    @Test
    @Tag("nightly")
    void theRunsOfAServerThatIsGoneAreTakenWhileOthersRunOn() throws SQLException {
        await(stores.second.recover(3, ANY_TIME));
        await(stores.first.add(List.of(job())));
        Job run = claim(stores.first, 1).get(0);
        TestDatabase.run("UPDATE runs SET owner = 7; INSERT INTO servers (owner, lease_until) VALUES (7, 0)");
        eventually(
                "the run is taken over",
                () -> stores.second.find(run.id()).orElseThrow().state().status() == JobStatus.PENDING);
        assertThrows(StaleRunException.class, () -> await(stores.first.write(completed(run))));
        Job again = claim(stores.second, 1).get(0);
        assertEquals(2, again.state().epoch());
        await(stores.second.write(completed(again)));
    }

    @Tag("nightly")
    @Test
    void aServerThatCannotSayThatItLivesTakesNoJobsAndSaysSoToItsConsumer() throws SQLException {
        CompletableFuture<Void> told = new CompletableFuture<>();
        stores.first.attach(new JobConsumer() {
            @Override
            public ClaimRequest wanted() {
                return null;
            }

            @Override
            public void take(List<Job> claimed) {
                throw new AssertionError("nothing was wanted");
            }

            @Override
            public void leaseEnded() {
                told.complete(null);
            }
        });
        TestDatabase.run(REFUSE_LEASES);
        try {
            told.orTimeout(60, TimeUnit.SECONDS).join();
            await(stores.first.add(List.of(job())));
            assertEquals(List.of(), claim(stores.first, 1));
        } finally {
            TestDatabase.run(ALLOW_LEASES);
        }
        eventually("the lease is back", () -> !claim(stores.first, 1).isEmpty());
    }

    @Test
    void aServerWhoseDatabaseMayBeAnotherOneTakesNoJobsUntilItHasItsLeaseThere() throws SQLException {
        await(stores.first.add(List.of(job())));
        TestDatabase.run(REFUSE_LEASES);
        try {
            stores.first.lease().doubt();
            assertEquals(List.of(), claim(stores.first, 1));
        } finally {
            TestDatabase.run(ALLOW_LEASES);
        }
        eventually("the lease is there", () -> !claim(stores.first, 1).isEmpty());
    }

    @Tag("nightly")
    @Test
    void jobsThatAreHandedOverAfterTheLeaseHasEndedEndToo() throws SQLException {
        Semaphore ends = new Semaphore(0);
        CompletableFuture<List<Job>> taken = new CompletableFuture<>();
        stores.first.attach(new JobConsumer() {
            @Override
            public ClaimRequest wanted() {
                return new ClaimRequest("w", 1, 1, null, Map.of(), ANY_TIME, null);
            }

            @Override
            public void take(List<Job> claimed) {
                try { // in the hands of a thread that was held up
                    assertTrue(ends.tryAcquire(60, TimeUnit.SECONDS));
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                taken.complete(claimed);
            }

            @Override
            public void leaseEnded() {
                ends.release();
            }
        });
        TestDatabase.run(REFUSE_LEASES);
        try {
            await(stores.first.add(List.of(job())));
            assertEquals(1, await(taken).size());
            eventually("it is told once more", () -> ends.tryAcquire());
        } finally {
            TestDatabase.run(ALLOW_LEASES);
        }
    }

    @Test
    void theRunsOfAStoreThatWasClosedAreTakenAtOnce() {
        await(stores.first.add(List.of(job())));
        claim(stores.first, 1);
        stores.first.close();
        assertEquals(1, await(stores.second.recover(3, ANY_TIME)).size());
        assertEquals(1, claim(stores.second, 1).size());
        stores.first = TestDatabase.store();
    }

    @Test
    void timesAreThoseOfTheDatabase() {
        await(stores.first.add(List.of(job())));
        Instant began = claim(stores.first, 1).get(0).state().startedAt();
        assertTrue(began != null && began.isAfter(Instant.parse("2020-01-01T00:00:00Z")), () -> "began " + began);
        assertEquals(0, await(stores.first.moveRetries(Duration.ofHours(3))));
    }

    @Test
    void nothingIsLostOrMadeTwiceWhileConnectionsBreak() throws Exception {
        List<CompletionStage<List<Job>>> added = new ArrayList<>();
        for (int round = 0; round < 8; round++) {
            for (int n = 0; n < 25; n++) {
                added.add(stores.first.add(List.of(job())));
            }
            TestDatabase.run(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'pawl-writer'");
        }
        for (CompletionStage<List<Job>> one : added) {
            await(one);
        }
        assertEquals(200, stores.second.counts().get(JobStatus.PENDING));
        assertEquals(200, stores.second.pending(1_000).size());
    }
}
