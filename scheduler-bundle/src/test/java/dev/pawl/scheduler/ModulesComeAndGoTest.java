package dev.pawl.scheduler;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.api.module.Module;
import dev.pawl.scheduler.run.EndCause;
import dev.pawl.scheduler.run.JobRun;
import dev.pawl.service.catalog.ModuleState;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobMove;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.UpdateMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ModulesComeAndGoTest {

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir);

    private final FakeModules modules = running.modules;
    private final CountDownLatch letGo = running.letGo;

    private final Module counting = task -> {
        for (int n = task.checkpoint("n", 0) + 1; n <= 300; n++) {
            task.emit(Map.of("n", n));
            task.checkpoint(Map.of("n", n));
            if (task.epoch() == 1) {
                LockSupport.parkNanos(2_000_000);
            }
        }
    };

    @Test
    void theRunOfAModuleThatIsDisabledSaysThatItWentAndThatOfAnUpdateThatItWasUpdated() {
        AtomicLong run = new AtomicLong();
        running.modules.put("stays", () -> task -> {
            run.set(task.epoch());
            while (true) {
                task.checkpoint(Map.of("n", 1));
            }
        });
        running.modulesChanged();
        String id = running.start("stays");
        for (ParkReason why : List.of(ParkReason.MODULE_GONE, ParkReason.MODULE_UPDATE)) {
            eventually("its run has started", () -> run.get() > 0);
            running.drain.drain(List.of("stays"), UpdateMode.MOVE, Duration.ofSeconds(10), why);
            assertEquals(why, running.job(id).state().parked());
            long parked = running.job(id).state().epoch();
            running.drain.release(List.of("stays"));
            eventually("it resumes", () -> run.get() > parked);
        }
    }

    @Test
    void aJobWhoseModuleGoesIsParkedAndGoesOnWhenItIsBack() {
        modules.put("count", () -> counting);
        String id = running.startAndAwaitAResult("count");
        FakeModules.Kind gone = modules.withdraw("count", ModuleState.DISABLED, "");
        running.parts.drain.leaving(gone);
        assertEquals(JobStatus.PENDING, running.status(id));
        assertEquals(ParkReason.MODULE_GONE, running.job(id).state().parked());
        assertEquals(gone.made.get(), gone.released.get(), "its instances are released before it is removed");
        modules.putBack(gone);
        running.modulesChanged();
        running.awaitStatus(id, JobStatus.COMPLETED);
        assertEquals(300, running.scheduler.results(id, 0, 1000).total());
        assertEquals(2, running.job(id).state().epoch());
    }

    @Test
    void drainMovesJobsAtACheckpointAndReleaseLetsThemGoOn() {
        modules.put("count", () -> counting);
        String id = running.startAndAwaitAResult("count");
        List<JobMove> moves = running.drain.drain(
                List.of("count"), UpdateMode.MOVE, Duration.ofSeconds(10), ParkReason.MODULE_UPDATE);
        assertEquals(List.of(new JobMove(running.job(id).id(), JobMove.Outcome.PARKED)), moves);
        assertEquals(ParkReason.MODULE_UPDATE, running.job(id).state().parked());
        assertEquals(List.of(), running.scheduler.runningJobs("count"));
        running.drain.release(List.of("count"));
        running.awaitStatus(id, JobStatus.COMPLETED);
        assertEquals(300, running.scheduler.results(id, 0, 1000).total());
    }

    @Test
    void aJobWithoutCheckpointsIsInterruptedAfterTheDrainTime() {
        modules.put("waits", () -> task -> {
            task.emit(Map.of("n", 1));
            if (task.epoch() == 1) {
                letGo.await();
            }
        });
        String id = running.startAndAwaitAResult("waits");
        assertEquals(
                JobMove.Outcome.INTERRUPTED,
                running.drain
                        .drain(List.of("waits"), UpdateMode.MOVE, Duration.ofMillis(100), ParkReason.MODULE_UPDATE)
                        .get(0)
                        .outcome());
        assertEquals(List.of(), running.results(id), "results after the last checkpoint are rolled back");
        running.drain.release(List.of("waits"));
        running.awaitStatus(id, JobStatus.COMPLETED);
        assertEquals(List.of("{\"n\":1}"), running.results(id));
    }

    @Test
    void aStubbornJobIsAbandonedAndStillGoesOn() {
        modules.put("stubborn", () -> task -> {
            task.emit(Map.of("n", 1));
            while (task.epoch() == 1 && letGo.getCount() > 0) {
                Thread.onSpinWait();
            }
        });
        String id = running.startAndAwaitAResult("stubborn");
        assertEquals(
                JobMove.Outcome.ABANDONED,
                running.drain
                        .drain(List.of("stubborn"), UpdateMode.NOW, Duration.ZERO, ParkReason.MODULE_UPDATE)
                        .get(0)
                        .outcome());
        running.drain.release(List.of("stubborn"));
        running.awaitStatus(id, JobStatus.COMPLETED);
        assertEquals(List.of("{\"n\":1}"), running.results(id));
    }

    @Test
    void theEndOfATaskIsACheckpointToPauseAt() throws Exception {
        modules.put("first", () -> task -> {
            task.emit(Map.of("task", 1));
            letGo.await();
        });
        modules.put("second", () -> task -> task.emit(Map.of("task", 2)));
        String id = running.startAndAwaitAResult("first", "second");
        JobRun run = running.parts.runs.find(running.job(id).id()).orElseThrow();
        run.requestEnd(EndCause.MODULE_UPDATE, Duration.ofSeconds(10));
        letGo.countDown();
        assertEquals(JobMove.Outcome.PARKED, run.ended().get(10, TimeUnit.SECONDS));
        Job job = running.awaitStatus(id, JobStatus.COMPLETED);
        assertEquals(2, job.state().epoch());
        assertEquals(List.of("{\"task\":1}", "{\"task\":2}"), running.results(id));
    }

    @Test
    void aModuleThatComesBackEarlyBecauseItWasToldToIsNotDone() {
        modules.put("polite", () -> task -> {
            task.emit(Map.of("n", 1));
            while (task.epoch() == 1 && !task.isCancelled()) {
                Thread.onSpinWait();
            }
            if (task.epoch() > 1) {
                task.emit(Map.of("n", 2));
            }
        });
        String id = running.startAndAwaitAResult("polite");
        running.drain.drain(List.of("polite"), UpdateMode.MOVE, Duration.ofMillis(50), ParkReason.MODULE_UPDATE);
        assertEquals(JobStatus.PENDING, running.status(id));
        running.drain.release(List.of("polite"));
        running.awaitStatus(id, JobStatus.COMPLETED);
        assertEquals(List.of("{\"n\":1}", "{\"n\":2}"), running.results(id));
    }

    @Test
    void aPauseIsNotSeenUntilItsPatienceIsOverButACheckpointLeavesAtOnce() {
        CountDownLatch asked = new CountDownLatch(1);
        modules.put("asks", () -> task -> {
            task.emit(Map.of("n", 1));
            if (task.epoch() == 1) {
                letGo.await();
                task.emit(Map.of("cancelled", task.isCancelled()));
                asked.countDown();
                task.checkpoint(Map.of("here", true));
                task.emit(Map.of("not", "reached"));
            }
        });
        String id = running.startAndAwaitAResult("asks");
        JobRun run = running.parts.runs.find(running.job(id).id()).orElseThrow();
        run.requestEnd(EndCause.MODULE_UPDATE, Duration.ofSeconds(10));
        letGo.countDown();
        assertEquals(
                JobMove.Outcome.PARKED,
                run.ended().orTimeout(10, TimeUnit.SECONDS).join());
        assertEquals(0, asked.getCount());
        running.awaitStatus(id, JobStatus.COMPLETED);
        assertEquals(List.of("{\"n\":1}", "{\"cancelled\":false}", "{\"n\":1}"), running.results(id));
    }
}
