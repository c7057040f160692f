package dev.pawl.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.LogLevel;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import dev.pawl.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreConcurrencyTest {

    private static final int THREADS = 4;
    private static final int JOBS_EACH = 100;
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path folder;

    private SqliteStore store;
    private SqliteDocuments documents;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeEach
    void open() {
        store = new SqliteStore(folder.resolve("pawl.db"), new SettableClock(NOW));
        documents = new SqliteDocuments(store, InstantSource.system());
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        store.close();
    }

    @Test
    void manyWritersAndReadersNeverMeetALockAndClaimEachJobOnce() throws Exception {
        AtomicInteger ended = new AtomicInteger();
        Map<UUID, Long> claimed = new ConcurrentHashMap<>();
        List<Future<?>> work = new ArrayList<>();
        for (int n = 0; n < THREADS; n++) {
            work.add(threads.submit(this::addJobs));
            work.add(threads.submit(() -> {
                while (ended.get() < THREADS * JOBS_EACH) {
                    for (Job job : claim()) {
                        assertNull(claimed.put(job.id(), job.state().epoch()));
                        end(job);
                        ended.incrementAndGet();
                    }
                }
                return null;
            }));
            work.add(threads.submit(() -> {
                while (ended.get() < THREADS * JOBS_EACH) {
                    Map<JobStatus, Long> counts = store.counts();
                    assertTrue(counts.values().stream().allMatch(count -> count >= 0), counts::toString);
                    store.list(JobFilter.all().withModule("a")).jobs();
                    store.running();
                }
                return null;
            }));
        }
        for (Future<?> each : work) {
            each.get(1, TimeUnit.MINUTES); // with a limit, since a failed one leaves the others waiting for its work
        }
        assertEquals((long) THREADS * JOBS_EACH, store.counts().get(JobStatus.COMPLETED));
    }

    @Test
    void anInterruptedThreadsWriteIsTakenAndItStaysInterrupted() throws Exception {
        Callable<Boolean> write = () -> {
            Thread.currentThread().interrupt();
            documents.put("a", "x", "{}");
            documents.names("a");
            return Thread.currentThread().isInterrupted();
        };
        assertTrue(threads.submit(write).get());
        documents.put("a", "y", "{}").toCompletableFuture().join();
        assertEquals(List.of("x", "y"), documents.names("a"));
    }

    private Void addJobs() {
        for (int n = 0; n < JOBS_EACH; n++) {
            JobRequest request =
                    JobRequest.builder(List.of(new Task("a", Map.of()))).build();
            store.add(List.of(new NewJob(UUID.randomUUID(), request, NOW)))
                    .toCompletableFuture()
                    .join();
        }
        return null;
    }

    private List<Job> claim() {
        return store.claim(new ClaimRequest("here", 3, 10, null, Map.of(), NOW, null))
                .toCompletableFuture()
                .join();
    }

    private void end(Job job) {
        var line = new RunWrite.Line(NOW, LogLevel.INFO, "done");
        store.write(RunWrite.of(new RunId(job.id(), job.state().epoch()), 0)
                        .withLines(List.of(line))
                        .withMove(new RunMove.Completed(NOW)))
                .toCompletableFuture()
                .join();
    }
}
