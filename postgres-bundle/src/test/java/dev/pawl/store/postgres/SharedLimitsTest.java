package dev.pawl.store.postgres;

import static dev.pawl.store.postgres.TwoStores.await;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The limit of a module, which counts for all servers together. */
@ExtendWith(TestDatabase.class)
class SharedLimitsTest {

    private static final Instant ANY_TIME = Instant.parse("1999-01-01T00:00:00Z");

    @RegisterExtension
    final TwoStores stores = new TwoStores();

    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    private static NewJob job() {
        return new NewJob(
                UUID.randomUUID(),
                JobRequest.builder(List.of(new Task("m", Map.of()))).build(),
                ANY_TIME);
    }

    private JobConsumer consumer(PostgresStore store, ExecutorService threads) {
        return new JobConsumer() {
            @Override
            public ClaimRequest wanted() {
                return new ClaimRequest("w", 8, 8, null, Map.of("m", 1), ANY_TIME, null);
            }

            @Override
            public void take(List<Job> claimed) {
                claimed.forEach(run -> threads.execute(() -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(3));
                    running.decrementAndGet(); // before the end is written: what was counted did run
                    await(store.write(
                            RunWrite.of(new RunId(run.id(), run.state().epoch()), 0)
                                    .withMove(new RunMove.Completed(ANY_TIME))));
                }));
            }
        };
    }

    @Test
    void noMoreThanOneJobRunsAtATimeWhereThatIsTheLimit() throws InterruptedException {
        int jobs = 30;
        ExecutorService threads = Executors.newCachedThreadPool();
        for (PostgresStore store : List.of(stores.first, stores.second)) {
            store.attach(consumer(store, threads));
        }
        for (int n = 0; n < jobs; n += 2) {
            var one = stores.first.add(List.of(job()));
            await(stores.second.add(List.of(job())));
            await(one);
        }
        eventually(
                "all jobs are over",
                Duration.ofMinutes(1),
                () -> stores.first.counts().getOrDefault(JobStatus.COMPLETED, 0L) == jobs);
        threads.shutdown();
        assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS));
        assertEquals(1, most.get());
    }

    @Test
    void aServerWithoutJobsOfItsOwnIsToldWhenTheLimitIsFreeAgain() throws InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool();
        await(stores.first.add(Stream.generate(SharedLimitsTest::job).limit(10).toList()));
        Job held = await(stores.first.claim(new ClaimRequest("w", 1, 8, null, Map.of("m", 1), ANY_TIME, null)))
                .get(0);
        stores.second.attach(consumer(stores.second, threads));
        await(stores.second.offer());
        assertEquals(0, most.get());
        await(stores.first.write(RunWrite.of(new RunId(held.id(), 1), 0).withMove(new RunMove.Completed(ANY_TIME))));
        eventually(
                "the other server runs the rest",
                () -> stores.first.counts().getOrDefault(JobStatus.COMPLETED, 0L) == 10);
        threads.shutdown();
        assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS));
    }

    private static List<Job> claim(PostgresStore store, int most, Map<String, Integer> limits) {
        return await(store.claim(new ClaimRequest("w", most, 100, null, limits, ANY_TIME, null)));
    }

    @Test
    void runsThatBeganBeforeTheLimitCount() {
        await(stores.first.add(Stream.generate(SharedLimitsTest::job).limit(10).toList()));
        List<Job> running = claim(stores.first, 2, Map.of());
        assertEquals(1, claim(stores.second, 5, Map.of("m", 3)).size());
        assertEquals(0, claim(stores.first, 5, Map.of("m", 3)).size());
        assertEquals(1, claim(stores.first, 1, Map.of()).size(), "of one that does not know of the limit any more");
        assertEquals(0, claim(stores.first, 5, Map.of("m", 4)).size());
        await(stores.first.write(
                RunWrite.of(new RunId(running.get(0).id(), 1), 0).withMove(new RunMove.Completed(ANY_TIME))));
        assertEquals(1, claim(stores.first, 5, Map.of("m", 4)).size());
    }

    @Test
    void whatRunsIsCountedByBothServersWhateverHasEndedBetween() {
        await(stores.first.add(Stream.generate(SharedLimitsTest::job).limit(40).toList()));
        Map<String, Integer> limits = Map.of("m", 3, "other", 1);
        for (int n = 0; n < 8; n++) {
            PostgresStore one = n % 2 == 0 ? stores.first : stores.second;
            PostgresStore other = n % 2 == 0 ? stores.second : stores.first;
            List<Job> running = new ArrayList<>(claim(one, 2, limits));
            assertEquals(2, running.size());
            List<Job> more = claim(other, 5, limits);
            assertEquals(1, more.size());
            assertEquals(0, claim(one, 5, limits).size());
            end(one, running);
            end(other, more);
        }
    }

    private static void end(PostgresStore store, List<Job> jobs) {
        jobs.forEach(run -> await(store.write(
                RunWrite.of(new RunId(run.id(), run.state().epoch()), 0).withMove(new RunMove.Completed(ANY_TIME)))));
    }

    @Test
    @Tag("nightly") // it takes ten seconds
    void aRunOfAServerThatDoesNotKnowOfTheLimitYetIsFound() {
        await(stores.first.add(Stream.generate(SharedLimitsTest::job).limit(10).toList()));
        assertEquals(1, claim(stores.second, 1, Map.of("m", 2)).size());
        assertEquals(1, claim(stores.first, 1, Map.of()).size());
        eventually("the other run counts", Duration.ofSeconds(30), () -> {
            List<Job> claimed = claim(stores.second, 1, Map.of("m", 2));
            end(stores.second, claimed);
            return claimed.isEmpty();
        });
    }
}
