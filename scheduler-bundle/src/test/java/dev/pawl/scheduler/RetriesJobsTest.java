package dev.pawl.scheduler;

import static dev.pawl.scheduler.RunningScheduler.request;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.Module;
import dev.pawl.api.module.RunException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.api.module.ValidationException;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.Phase;
import dev.pawl.service.job.Reason;
import dev.pawl.service.job.ReasonCode;
import dev.pawl.service.job.RetryPolicy;
import dev.pawl.service.job.Run;
import dev.pawl.service.job.RunOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RetriesJobsTest {

    private static final RetryPolicy THREE_TIMES = new RetryPolicy(3, Duration.ofSeconds(10), Duration.ofMinutes(1));

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir);

    private final FakeModules modules = running.modules;
    private final CountDownLatch letGo = running.letGo;

    @Test
    void aFailedAttemptIsTriedAgainFromItsCheckpointWhenItsTimeHasCome() {
        modules.put("m", () -> task -> {
            int done = task.checkpoint("done", 0);
            task.emit(Map.of("step", done));
            task.checkpoint(Map.of("done", done + 1));
            if (done < 2) {
                task.emit(Map.of("lost", done));
                throw new RunException("Not yet.");
            }
        });
        running.modulesChanged();
        String id = running.start(request("m")
                .retry(new RetryPolicy(3, Duration.ofSeconds(10), Duration.ofMinutes(1)))
                .build());
        eventually("it waits", () -> running.job(id).state().parked() == ParkReason.RETRY);
        Job waiting = running.job(id);
        assertEquals(2, waiting.state().attempt());
        assertEquals("Not yet.", waiting.state().failure().message());
        Duration delay =
                Duration.between(running.clock.instant(), waiting.state().dueAt());
        assertTrue(delay.toMillis() >= 8_000 && delay.toMillis() <= 12_000, delay.toString());
        assertEquals(ReasonCode.RETRY, running.scheduler.why(id).code());
        running.pass(Duration.ofSeconds(13));
        eventually(
                "it waits again",
                () -> running.job(id).state().attempt() == 3
                        && running.job(id).state().parked() == ParkReason.RETRY);
        running.scheduler.resume(id).toCompletableFuture().join();
        running.awaitStatus(id, JobStatus.COMPLETED);
        assertEquals(List.of("{\"step\":0}", "{\"step\":1}", "{\"step\":2}"), running.results(id));
        List<Run> runs = running.scheduler.runs(id);
        assertEquals(
                List.of(RunOutcome.RETRY, RunOutcome.RETRY, RunOutcome.COMPLETED),
                runs.stream().map(Run::outcome).toList());
        assertEquals("Not yet.", runs.get(1).failure().message());
        for (int n = 1; n < runs.size(); n++) {
            assertFalse(
                    runs.get(n).startedAt().isBefore(runs.get(n - 1).endedAt()),
                    "a retry never runs beside its predecessor");
        }
    }

    @Test
    void whatIsNotValidIsNotTriedAgain() {
        AtomicInteger tries = new AtomicInteger();
        modules.put("m", () -> new Module() {
            @Override
            public void validate(TaskContext task) throws ValidationException {
                tries.incrementAndGet();
                throw new ValidationException("Never.");
            }

            @Override
            public void run(TaskContext task) {}
        });
        running.modulesChanged();
        String id = running.start(request("m")
                .retry(new RetryPolicy(5, Duration.ZERO, Duration.ZERO))
                .build());
        running.awaitStatus(id, JobStatus.FAILED);
        assertEquals(1, tries.get());
    }

    @Test
    void aRetryWaitsForItsTimeAlsoOverRestartsAndCrashes() {
        modules.put("m", () -> task -> {
            if (task.epoch() == 1) {
                throw new RunException("Not yet.");
            }
        });
        running.modulesChanged();
        String id = running.start(request("m").retry(THREE_TIMES).build());
        eventually("it waits", () -> running.job(id).state().parked() == ParkReason.RETRY);
        Instant due = running.job(id).state().dueAt();
        running.restart();
        running.crash();
        running.pass(Duration.between(running.clock.instant(), due).minusMillis(1));
        running.modulesChanged();
        Job waiting = running.job(id);
        assertEquals(due, waiting.state().dueAt());
        assertEquals(2, waiting.state().attempt());
        Reason reason = running.scheduler.why(id);
        assertEquals(ReasonCode.RETRY, reason.code());
        assertTrue(reason.sentence().contains("Not yet."), reason::sentence);
        running.pass(Duration.ofMillis(1));
        running.awaitStatus(id, JobStatus.COMPLETED);
        assertEquals(2, running.job(id).state().epoch());
    }

    @Test
    void theLastAttemptFailsForGoodAndEachKeepsItsError() {
        modules.put("m", () -> task -> {
            throw new RunException("Attempt " + task.epoch() + " broke.");
        });
        running.modulesChanged();
        String id = running.start(request("m")
                .retry(new RetryPolicy(3, Duration.ZERO, Duration.ZERO))
                .build());
        Job failed = running.awaitStatus(id, JobStatus.FAILED);
        assertEquals(3, failed.state().attempt());
        List<Run> runs = running.scheduler.runs(id);
        assertEquals(
                List.of(RunOutcome.RETRY, RunOutcome.RETRY, RunOutcome.FAILED),
                runs.stream().map(Run::outcome).toList());
        for (Run run : runs) {
            Failure failure = run.failure();
            assertNotNull(failure);
            assertEquals("Attempt " + run.epoch() + " broke.", failure.message());
            assertNotNull(run.endedAt());
            assertEquals("1.0.0", run.moduleVersion());
        }
    }

    @Test
    void aJobThatWaitsForARetryIsStoppedAtOnce() {
        modules.put("m", () -> task -> {
            throw new RunException("Not yet.");
        });
        running.modulesChanged();
        String id = running.start(request("m").retry(THREE_TIMES).build());
        eventually("it waits", () -> running.job(id).state().parked() == ParkReason.RETRY);
        running.scheduler.stop(id).toCompletableFuture().join();
        running.pass(Duration.ofHours(1));
        running.modulesChanged();
        Job stopped = running.awaitStatus(id, JobStatus.STOPPED);
        assertEquals(1, stopped.state().epoch());
        assertNull(stopped.state().dueAt());
    }

    @Test
    void aThreadThatHangsAfterItsFailureIsNotRunBesideAndItsErrorIsTold() {
        AtomicInteger runs = new AtomicInteger();
        modules.put("m", () -> new Module() {
            @Override
            public void run(TaskContext task) throws RunException {
                runs.incrementAndGet();
                task.emit(Map.of("half", true));
                throw new RunException("The printer is on fire.");
            }

            @Override
            public void cleanup(TaskContext task) {
                while (letGo.getCount() > 0) {
                    Thread.onSpinWait();
                }
            }
        });
        running.modulesChanged();
        String id = running.start(request("m")
                .retry(new RetryPolicy(3, Duration.ZERO, Duration.ZERO))
                .build());
        Failure failure = running.awaitStatus(id, JobStatus.FAILED).state().failure();
        assertNotNull(failure);
        assertEquals(Phase.RUN, failure.phase());
        assertEquals("The printer is on fire.", failure.message());
        assertTrue(
                running.log(id).stream()
                        .anyMatch(line -> line.startsWith("Cleanup failed as well: cleanup did not end")),
                running.log(id)::toString);
        assertEquals(1, running.scheduler.status().abandonedThreads());
        assertEquals(1, runs.get());
        assertFalse(running.scheduler.runs(id).isEmpty());
    }
}
