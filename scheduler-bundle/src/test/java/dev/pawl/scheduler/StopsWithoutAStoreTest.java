package dev.pawl.scheduler;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.JobStatus;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Stops of jobs and of the server while nothing can be written. */
class StopsWithoutAStoreTest {

    /** The time of the stop ladder, plus an allowance for a busy machine. */
    private static final Duration LADDER = RunningScheduler.SHORT_CONFIRM
            .longest()
            .plus(RunningScheduler.SHORT_CONFIRM.confirm())
            .plusSeconds(5);

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir, 2, RunningScheduler.SHORT_CONFIRM);

    private final AtomicInteger counted = new AtomicInteger();

    private String counting() {
        running.modules.put("count", () -> task -> {
            while (true) {
                task.checkpoint(Map.of("n", counted.incrementAndGet()));
                Thread.onSpinWait();
            }
        });
        running.modulesChanged();
        String id = running.start("count");
        eventually("it counts", () -> counted.get() > 3);
        return id;
    }

    private ProblemException unconfirmed(String id) {
        long begun = System.nanoTime();
        Throwable cause = assertThrows(
                        CompletionException.class,
                        () -> running.scheduler.stop(id).toCompletableFuture().join())
                .getCause();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        assertTrue(took.compareTo(LADDER) < 0, took::toString);
        ProblemException problem = assertInstanceOf(ProblemException.class, cause);
        assertEquals(ProblemCode.STORE_UNCONFIRMED, problem.code());
        return problem;
    }

    @Test
    void aStopSaysInTheLaddersTimeWhatIsOnDiskAndIsWrittenOnceItCanBe() {
        String id = counting();
        running.storeFails.set(true);
        String sentence = unconfirmed(id).getMessage();
        assertTrue(sentence.contains("does not run any more") && sentence.contains("The disk is full."), sentence);
        int stoppedAt = counted.get();
        assertEquals(JobStatus.RUNNING, running.status(id), "the status on disk is the one that the message names");
        unconfirmed(id); // a second stop gets the same answer
        running.storeFails.set(false);
        running.awaitStatus(id, JobStatus.STOPPED);
        assertEquals(stoppedAt, counted.get());
        assertEquals(List.of("Stop requested."), running.log(id));
    }

    @Test
    void aStopIsAnsweredWhileTheStoreSaysNothingAtAll() {
        String id = counting();
        running.storeHangs.set(true);
        unconfirmed(id);
        running.storeHangs.set(false);
    }

    @Test
    void aStopIsAnsweredWhileAnotherProgramKeepsTheDatabaseLocked() throws Exception {
        String id = counting();
        try (var other = DriverManager.getConnection("jdbc:sqlite:" + dir.resolve("pawl.db"));
                var statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            unconfirmed(id);
            statement.execute("ROLLBACK");
        }
        running.awaitStatus(id, JobStatus.STOPPED);
    }

    @Test
    void aStopOfAJobThatIsClaimedAndHasNotBegunMayBeTriedAgain() {
        String id = running.claimed().id().toString();
        String sentence = unconfirmed(id).getMessage();
        assertTrue(sentence.contains("not stopped") && sentence.contains("running, run 1"), sentence);
    }

    @Test
    void theServerEndsInTheLaddersTime() {
        counting();
        running.storeHangs.set(true);
        long begun = System.nanoTime();
        running.parts.lifecycle.close();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        assertTrue(took.compareTo(LADDER) < 0, took::toString);
    }

    @Test
    void aStopGoesOnWhileTheServerWaitsForAnswersAboutLeases() {
        CountDownLatch never = new CountDownLatch(1);
        running.modules.put("m", () -> task -> {
            task.emit(Map.of("n", 1));
            never.await();
        });
        String id = running.startAndAwaitAResult("m");
        running.readsHang.set(true);
        eventually("a look at leases hangs", () -> running.hanging.get() > 0);
        running.parts.runs.find(UUID.fromString(id)).orElseThrow().requestStop(null);
        running.awaitStatus(id, JobStatus.STOPPED); // by an interrupt, which a timer makes
    }
}
