package dev.pawl.scheduler;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.event.Event;
import dev.pawl.service.event.EventSink;
import dev.pawl.service.event.WorkerEvent;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.ReasonCode;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.worker.DrainState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A server that is drained parks what it runs, and begins nothing until it is taken back. */
final class DrainsServerTest {

    private static final Duration LONG = Duration.ofHours(1);

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir, 2);

    private String own() {
        return running.parts.own.id();
    }

    private void drain(Duration time) {
        running.workers.drain(own(), time).toCompletableFuture().join();
    }

    private void undrain() {
        running.workers.undrain(own()).toCompletableFuture().join();
    }

    private void awaitDrained() {
        eventually("it is drained", () -> running.workers.drainHere().equals(Optional.of(DrainState.DRAINED)));
    }

    private Job job(String id) {
        return running.job(id);
    }

    /** A module that counts checkpoints until it may end. */
    private AtomicInteger checkpoints() {
        AtomicInteger checkpoints = new AtomicInteger();
        running.modules.put("m", () -> task -> {
            while (running.letGo.getCount() > 0) {
                task.emit(Map.of("n", checkpoints.get()));
                task.checkpoint(Map.of("n", checkpoints.incrementAndGet()));
            }
        });
        return checkpoints;
    }

    @Test
    void aRunningJobIsParkedAtItsCheckpointAndGoesOnOnceTheServerIsTakenBack() {
        checkpoints();
        String id = running.startAndAwaitAResult("m");
        drain(LONG);
        awaitDrained();
        assertEquals(JobStatus.PENDING, job(id).state().status());
        assertEquals(ParkReason.INTERRUPTED, job(id).state().parked());
        assertEquals(0, job(id).state().crashes());
        String next = running.start("m");
        assertEquals(ReasonCode.SERVER_DRAINED, running.scheduler.why(next).code());
        undrain();
        running.awaitStatus(id, JobStatus.RUNNING);
        assertEquals(Optional.empty(), running.workers.drainHere());
        running.letGo.countDown();
        running.awaitStatus(id, JobStatus.COMPLETED);
        running.awaitStatus(next, JobStatus.COMPLETED);
    }

    @Test
    void aJobWithoutCheckpointsIsInterruptedAfterTheTimeOfTheOrder() {
        running.modules.put("m", () -> task -> {
            task.emit(Map.of("n", 1));
            running.letGo.await();
        });
        String id = running.startAndAwaitAResult("m");
        drain(Duration.ofMillis(10));
        awaitDrained();
        assertEquals(JobStatus.PENDING, job(id).state().status());
    }

    @Test
    void aServerIsDrainingWhileAJobRunsOn() {
        running.modules.put("m", () -> task -> {
            task.emit(Map.of("n", 1));
            running.letGo.await();
        });
        String id = running.startAndAwaitAResult("m");
        drain(LONG);
        running.parts.serverDrain.look();
        assertEquals(
                DrainState.DRAINING, running.workers.worker(own()).orElseThrow().drain());
        assertEquals(JobStatus.RUNNING, job(id).state().status());
        running.letGo.countDown();
        running.awaitStatus(id, JobStatus.COMPLETED);
        awaitDrained();
        assertEquals(
                DrainState.DRAINED, running.workers.worker(own()).orElseThrow().drain());
    }

    @Test
    void aServerIsStillDrainedAfterItsRestart() {
        checkpoints();
        String id = running.startAndAwaitAResult("m");
        drain(LONG);
        awaitDrained();
        running.restart();
        awaitDrained();
        assertEquals(JobStatus.PENDING, job(id).state().status());
        undrain();
        running.awaitStatus(id, JobStatus.RUNNING);
    }

    @Test
    void anOrderThatAnotherServerGivesAndTakesBackIsHeard() {
        checkpoints();
        String id = running.startAndAwaitAResult("m");
        running.documents
                .put("pawl:drains", own(), "{\"at\":\"2026-01-01T00:00:00Z\",\"drain_ms\":60000}")
                .toCompletableFuture()
                .join();
        running.parts.shared.changedElsewhere("pawl:drains");
        awaitDrained();
        running.documents.delete("pawl:drains", own()).toCompletableFuture().join();
        running.parts.shared.changedElsewhere("pawl:drains");
        running.awaitStatus(id, JobStatus.RUNNING);
    }

    @Test
    void aSecondOrderIsCarriedOutAnew() {
        checkpoints();
        drain(LONG);
        awaitDrained();
        undrain();
        String id = running.startAndAwaitAResult("m");
        running.clock.advance(Duration.ofSeconds(1));
        drain(LONG);
        awaitDrained();
        assertEquals(JobStatus.PENDING, job(id).state().status());
    }

    @Test
    void eachStepIsToldAsAnEvent() {
        List<WorkerEvent.Change> told = new CopyOnWriteArrayList<>();
        running.parts.published.bind(new EventSink() {
            @Override
            public void add(Event event) {
                if (event instanceof WorkerEvent worker && worker.id().equals(own())) {
                    told.add(worker.change());
                }
            }

            @Override
            public void lost(String why) {}
        });
        drain(LONG);
        awaitDrained();
        undrain();
        List<WorkerEvent.Change> steps =
                List.of(WorkerEvent.Change.DRAINING, WorkerEvent.Change.DRAINED, WorkerEvent.Change.UNDRAINED);
        eventually("each step is told: " + told, () -> told.equals(steps));
    }

    @Test
    void onlyAServerThatIsThereIsDrainedAndForATimeOfADayAtMost() {
        assertEquals(ProblemCode.UNKNOWN_WORKER, refusal("nobody", LONG));
        assertEquals(ProblemCode.MALFORMED, refusal(own(), Duration.ofHours(25)));
        assertEquals(ProblemCode.MALFORMED, refusal(own(), Duration.ofSeconds(-1)));
        new ExternalWorkers(running).beat("gpu", null);
        assertEquals(ProblemCode.MALFORMED, refusal("gpu", LONG));
        assertFalse(running.workers.isDrained("gpu"));
        assertTrue(running.workers.drainHere().isEmpty());
    }

    private ProblemCode refusal(String id, Duration time) {
        return assertThrows(ProblemException.class, () -> running.workers.drain(id, time))
                .code();
    }
}
