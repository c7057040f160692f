package dev.pawl.store.postgres;

import static dev.pawl.store.postgres.TwoStores.await;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.After;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Phase;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Jobs that one server lets wait for jobs which another one ends. */
@ExtendWith(TestDatabase.class)
class SharedWaitsTest {

    private static final Instant ANY_TIME = Instant.parse("1999-01-01T00:00:00Z");

    @RegisterExtension
    final TwoStores stores = new TwoStores();

    private static NewJob job(String module) {
        return new NewJob(
                UUID.randomUUID(),
                JobRequest.builder(List.of(new Task(module, Map.of()))).build(),
                ANY_TIME);
    }

    private static NewJob after(UUID prerequisite, After.On on) {
        return new NewJob(
                UUID.randomUUID(),
                JobRequest.builder(List.of(new Task("waiting", Map.of())))
                        .after(new After(List.of(prerequisite.toString()), on))
                        .build(),
                ANY_TIME);
    }

    private static List<Job> claim(PostgresStore store, int most) {
        return await(store.claim(new ClaimRequest("w", most, 100_000, Set.of("awaited"), Map.of(), ANY_TIME, null)));
    }

    private static CompletionStage<?> end(PostgresStore store, Job run, RunMove how) {
        return store.write(
                RunWrite.of(new RunId(run.id(), run.state().epoch()), 0).withMove(how));
    }

    private static RunMove failed() {
        return new RunMove.Failed(new Failure(Phase.RUN, 0, "awaited", "It failed.", null), ANY_TIME);
    }

    private void assertReady(UUID job) {
        eventually("job " + job + " waits for nothing", () -> {
            Job now = stores.second.find(job).orElseThrow();
            return now.state().status() == JobStatus.PENDING && now.state().dueAt() == null;
        });
    }

    @Test
    void aJobThatWaitsSinceTheOtherServerBeganTheFirstOneStartsAfterIt() {
        await(stores.first.add(List.of(job("awaited"))));
        Job run = claim(stores.second, 1).get(0);
        NewJob waiting = after(run.id(), After.On.COMPLETED);
        await(stores.first.add(List.of(waiting)));
        await(end(stores.second, run, new RunMove.Completed(ANY_TIME)));
        assertReady(waiting.id());
    }

    @Test
    void aJobThatWaitsForAnotherEndFailsWhicheverServerItCameThrough() {
        await(stores.first.add(List.of(job("awaited"))));
        Job run = claim(stores.second, 1).get(0);
        NewJob waiting = after(run.id(), After.On.COMPLETED);
        NewJob next = after(waiting.id(), After.On.COMPLETED);
        await(stores.first.add(List.of(waiting)));
        await(stores.first.add(List.of(next)));
        await(end(stores.second, run, failed()));
        for (NewJob job : List.of(waiting, next)) {
            eventually(
                    "it fails",
                    () -> stores.first.find(job.id()).orElseThrow().state().status() == JobStatus.FAILED);
        }
    }

    @Test
    void aJobThatWaitsForOneThatAnotherServerRemovesFails() {
        NewJob first = job("awaited");
        await(stores.first.add(List.of(first)));
        NewJob waiting = after(first.id(), After.On.COMPLETED);
        await(stores.first.add(List.of(waiting)));
        assertTrue(await(stores.second.remove(first.id())));
        eventually(
                "it fails",
                () -> stores.first.find(waiting.id()).orElseThrow().state().status() == JobStatus.FAILED);
    }

    @Tag("nightly") // it is looked for every 15 s
    @Test
    void anEndThatAServerLeftIsToldByAnother() throws Exception {
        NewJob first = job("awaited");
        NewJob waiting = after(first.id(), After.On.ENDED);
        await(stores.first.add(List.of(first, waiting)));
        // as of a server that was killed between its transactions
        TestDatabase.run(
                "INSERT INTO ended_prerequisites (job, outcome, at) VALUES ('" + first.id() + "', 'completed', 0)");
        eventually(
                "the wait is over",
                Duration.ofMinutes(2),
                () -> stores.first.find(waiting.id()).orElseThrow().state().dueAt() == null);
    }

    @Test
    void noWaitIsForgottenThatBeginsWhileItsJobEnds() throws Exception {
        race(60);
    }

    @Tag("nightly")
    @Test
    void noWaitIsForgottenThatBeginsWhileItsJobEndsManyTimes() throws Exception {
        race(5_000);
    }

    /** One server adds jobs that wait, and the other one ends what they wait for, a little earlier or later. */
    private void race(int rounds) throws Exception {
        List<NewJob> firsts = new ArrayList<>();
        for (int n = 0; n < rounds; n++) {
            firsts.add(job("awaited"));
        }
        await(stores.first.add(firsts));
        int before = 0;
        List<UUID> waiting = new ArrayList<>();
        for (int n = 0; n < rounds; n++) {
            Job run = claim(stores.second, 1).get(0);
            NewJob next = after(run.id(), After.On.ENDED);
            waiting.add(next.id());
            CountDownLatch start = new CountDownLatch(1);
            long pauseNs = ThreadLocalRandom.current().nextLong(TimeUnit.MICROSECONDS.toNanos(1_500));
            Thread ending = new Thread(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    return;
                }
                LockSupport.parkNanos(pauseNs);
                end(stores.second, run, new RunMove.Completed(ANY_TIME))
                        .toCompletableFuture()
                        .join();
            });
            ending.start();
            start.countDown();
            Job added = await(stores.first.add(List.of(next))).get(0);
            before += added.state().dueAt() == null ? 0 : 1;
            ending.join();
        }
        waiting.forEach(this::assertReady);
        assertEquals(rounds, stores.first.counts().get(JobStatus.COMPLETED));
        int waited = before;
        assertTrue(waited > 0 && waited < rounds, () -> waited + " of " + rounds + " had to wait: no race");
    }
}
