package dev.pawl.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import dev.pawl.service.job.JobMove;
import dev.pawl.service.job.JobMove.Outcome;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.UpdateMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SideBySideTest {

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir);

    private final FakeModules modules = running.modules;
    private final CountDownLatch letGo = running.letGo;

    /** Emits its version, then waits until it is released. */
    private Module waiting(String version) {
        return task -> {
            task.emit(Map.of("version", version));
            letGo.await();
        };
    }

    private CompletableFuture<Void> retire(FakeModules.Kind kind) {
        return running.drain.retire(kind.bundle()).toCompletableFuture();
    }

    @Test
    void finishLeavesJobsWhereTheyRunAndDoesNotWaitForThem() {
        modules.put("waits", () -> waiting("1"));
        String id = running.startAndAwaitAResult("waits");
        List<JobMove> moves =
                running.drain.drain(List.of("waits"), UpdateMode.FINISH, Duration.ZERO, ParkReason.MODULE_UPDATE);
        assertEquals(List.of(new JobMove(running.job(id).id(), Outcome.RUNNING)), moves);
        assertEquals(JobStatus.RUNNING, running.status(id));
    }

    private List<UUID> runningOn(FakeModules.Kind kind) {
        return running.parts.runs.using(kind.bundle()).stream()
                .map(run -> run.job().id())
                .toList();
    }

    @Test
    void newJobsGoToTheNewVersionAtOnceAndOldOnesEndOnTheOld() throws Exception {
        FakeModules.Kind first = modules.put("waits", () -> waiting("1"));
        String old = running.startAndAwaitAResult("waits");
        CompletableFuture<Void> left = retire(first);
        FakeModules.Kind second = modules.put("waits", () -> waiting("2"));
        String young = running.startAndAwaitAResult("waits");

        assertEquals(List.of("{\"version\":\"1\"}"), running.results(old));
        assertEquals(List.of("{\"version\":\"2\"}"), running.results(young));
        assertEquals(List.of(running.job(old).id()), runningOn(first));
        assertEquals(List.of(running.job(young).id()), runningOn(second));
        assertFalse(left.isDone());
        letGo.countDown();
        left.get(10, TimeUnit.SECONDS);
        assertEquals(1, running.awaitStatus(old, JobStatus.COMPLETED).state().epoch());
    }

    @Test
    void aVersionThatNoJobUsesIsLeftAtOnce() {
        FakeModules.Kind kind = modules.put("idle", () -> waiting("1"));
        assertTrue(retire(kind).isDone());
        assertTrue(modules.current("idle").isEmpty());
    }

    @Test
    void aVersionThatIsTakenBackGetsJobsAgain() {
        FakeModules.Kind kind = modules.put("waits", () -> waiting("1"));
        running.startAndAwaitAResult("waits");
        CompletableFuture<Void> left = retire(kind);
        running.drain.reinstate(kind.bundle());
        assertTrue(left.isCancelled());
        running.startAndAwaitAResult("waits");
    }

    @Test
    void aVersionIsLeftWhenItsTasksAreDoneThoughTheJobGoesOn() throws Exception {
        FakeModules.Kind first = modules.put("first", () -> task -> {
            task.emit(Map.of("task", 1));
            letGo.await();
        });
        CountDownLatch second = new CountDownLatch(1);
        modules.put("second", () -> task -> second.await());
        String id = running.startAndAwaitAResult("first", "second");
        CompletableFuture<Void> left = retire(first);
        letGo.countDown();
        left.get(10, TimeUnit.SECONDS);
        assertEquals(JobStatus.RUNNING, running.status(id));
        assertEquals(List.of(), running.scheduler.runningJobs("first"));
        second.countDown();
        running.awaitStatus(id, JobStatus.COMPLETED);
    }

    @Test
    void aJobThatNeedsTheModuleOnlyLaterIsMovedAsWell() {
        modules.put("counts", () -> task -> {
            for (int n = task.checkpoint("n", 0) + 1; task.epoch() == 1 || n < 3; n++) {
                task.emit(Map.of("n", n));
                task.checkpoint(Map.of("n", n));
            }
        });
        modules.put("later", () -> task -> task.emit(Map.of("version", "1")));
        String id = running.startAndAwaitAResult("counts", "later");
        assertEquals(
                Outcome.PARKED,
                running.drain
                        .drain(List.of("later"), UpdateMode.MOVE, Duration.ofSeconds(10), ParkReason.MODULE_UPDATE)
                        .get(0)
                        .outcome());
        modules.put("later", () -> task -> task.emit(Map.of("version", "2")));
        running.drain.release(List.of("later"));
        running.awaitStatus(id, JobStatus.COMPLETED);
        List<String> results = running.results(id);
        assertEquals("{\"version\":\"2\"}", results.get(results.size() - 1));
    }

    /** A module that emits a result and signals when its cleanup begins. */
    private static Module cleaning(CountDownLatch begun, Runnable cleanup) {
        return new Module() {
            @Override
            public void run(TaskContext task) {
                task.emit(Map.of("n", 1));
            }

            @Override
            public void cleanup(TaskContext task) {
                begun.countDown();
                cleanup.run();
            }
        };
    }

    /** Drains a module at once while its job is in cleanup; returns the job's outcome. */
    private Outcome drained(String module, CountDownLatch cleaning) throws Exception {
        assertTrue(cleaning.await(10, TimeUnit.SECONDS));
        return running.drain
                .drain(List.of(module), UpdateMode.NOW, Duration.ZERO, ParkReason.MODULE_UPDATE)
                .get(0)
                .outcome();
    }

    @Test
    void aJobThatCleansUpIsLeftToItAndEndsAsItWould() throws Exception {
        CountDownLatch cleaning = new CountDownLatch(1);
        modules.put(
                "cleans",
                () -> cleaning(cleaning, () -> {
                    try {
                        letGo.await(100, TimeUnit.MILLISECONDS);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException("cleanup was interrupted", e);
                    }
                }));
        running.modulesChanged();
        String id = running.start("cleans");
        assertEquals(Outcome.FINISHED, drained("cleans", cleaning));
        assertEquals(JobStatus.COMPLETED, running.status(id), () -> String.valueOf(running.job(id)));
    }

    @Test
    void aCleanupThatHangsHoldsAnUpdateUpNoLongerThanItsLimit() throws Exception {
        CountDownLatch cleaning = new CountDownLatch(1);
        modules.put(
                "hangs",
                () -> cleaning(cleaning, () -> {
                    while (letGo.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                }));
        running.modulesChanged();
        String id = running.start("hangs");
        assertEquals(Outcome.ABANDONED, drained("hangs", cleaning));
        assertEquals(JobStatus.FAILED, running.status(id));
        assertEquals(List.of("{\"n\":1}"), running.results(id), "its results are kept");
    }
}
