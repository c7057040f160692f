package dev.pawl.scheduler;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.Module;
import dev.pawl.api.module.StaleRunException;
import dev.pawl.api.module.TaskCancelledException;
import dev.pawl.api.module.TaskContext;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.Phase;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class StopsJobsTest {

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir);

    private final FakeModules modules = running.modules;
    private final CountDownLatch going = new CountDownLatch(1);
    private final CountDownLatch letGo = running.letGo;
    private final AtomicInteger hung = new AtomicInteger();

    private String started(Module module) {
        modules.put("m", () -> module);
        running.modulesChanged();
        String id = running.start("m");
        eventually("it runs", () -> going.getCount() == 0);
        return id;
    }

    private Job stopped(String id) {
        return running.scheduler
                .stop(id)
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void aModuleThatAsksLeavesAtOnce() {
        String id = started(task -> {
            task.emit(Map.of("before", true));
            going.countDown();
            while (true) {
                task.throwIfCancelled();
                Thread.onSpinWait();
            }
        });
        Job job = stopped(id);
        assertEquals(JobStatus.STOPPED, job.state().status());
        assertNull(job.state().failure());
        assertTrue(running.log(id).contains("Stop requested."), running.log(id).toString());
        assertEquals(List.of("{\"before\":true}"), running.results(id));
        assertEquals(0, running.scheduler.status().abandonedThreads());
    }

    @Test
    void aModuleThatWaitsIsInterruptedAfterTheGraceAndItsCleanupRuns() {
        ConcurrentLinkedQueue<String> calls = new ConcurrentLinkedQueue<>();
        String id = started(new Module() {
            @Override
            public void run(TaskContext task) throws Exception {
                going.countDown();
                letGo.await();
            }

            @Override
            public void cleanup(TaskContext task) {
                calls.add("cleanup, interrupted " + Thread.currentThread().isInterrupted());
                task.info("cleaned up");
            }
        });
        long began = System.nanoTime();
        assertEquals(JobStatus.STOPPED, stopped(id).state().status());
        assertTrue(System.nanoTime() - began >= RunningScheduler.LIMITS.grace().toNanos());
        assertEquals(List.of("cleanup, interrupted false"), List.copyOf(calls));
        assertTrue(running.log(id).contains("cleaned up"));
    }

    @Test
    void aThreadThatWillNotEndIsGivenUpAndWritesNothingAnyMore() {
        List<Throwable> thrown = new ArrayList<>();
        CountDownLatch tried = new CountDownLatch(1);
        AtomicReference<TaskContext> seen = new AtomicReference<>();
        String id = started(task -> {
            seen.set(task);
            going.countDown();
            while (letGo.getCount() > 0) {
                try {
                    letGo.await();
                } catch (InterruptedException e) {
                    Thread.onSpinWait(); // swallowed, as a stubborn module does
                }
            }
            for (Runnable write : List.<Runnable>of(
                    () -> task.info("late"),
                    () -> task.emit(Map.of("late", 1)),
                    () -> task.checkpoint(Map.of("late", 1)),
                    () -> task.progress(1, Map.of()))) {
                try {
                    write.run();
                } catch (TaskCancelledException e) {
                    thrown.add(e);
                }
            }
            tried.countDown();
        });
        assertEquals(JobStatus.STOPPED, stopped(id).state().status());
        assertEquals(1, running.scheduler.status().abandonedThreads());
        String warning = running.parts.lingering.abandoned().warnings("m").get(0);
        assertTrue(warning.contains(id), warning);
        String stack = running.parts.lingering.of("m").get(0).stack().toString();
        assertTrue(stack.contains("StopsJobsTest"), stack);
        TaskContext abandoned = seen.get();
        modules.put("other", () -> task -> {});
        String next = running.start("other");
        letGo.countDown();
        eventually("it tried to write", () -> tried.getCount() == 0);
        assertEquals(4, thrown.size());
        thrown.forEach(e -> assertInstanceOf(StaleRunException.class, e));
        assertTrue(abandoned.isCancelled());
        eventually(
                "no abandoned thread is left", () -> running.scheduler.status().abandonedThreads() == 0);
        assertEquals(List.of(), running.results(id));
        assertTrue(running.log(id).stream().noneMatch("late"::equals));
        running.awaitStatus(next, JobStatus.COMPLETED);
    }

    /** An exception whose {@code getMessage} and {@code toString} hang. */
    private final class Speechless extends Exception {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            return hang();
        }

        @Override
        public String toString() {
            return hang();
        }

        private String hang() {
            hung.incrementAndGet();
            while (letGo.getCount() > 0) {
                Thread.onSpinWait();
            }
            return "at last";
        }
    }

    @Test
    void aJobIsStoppedWhereverItsModuleHangs() {
        List<Module> hanging = List.of(
                task -> task.emit(Map.of(new Speechless(), 1)),
                task -> task.checkpoint(Map.of("k", Map.of(new Speechless(), 1))),
                task -> {
                    throw new Speechless();
                },
                new Module() {
                    @Override
                    public void validate(TaskContext task) {
                        new Speechless().hang();
                    }

                    @Override
                    public void run(TaskContext task) {}
                });
        List<Supplier<Module>> makers = new ArrayList<>();
        hanging.forEach(module -> makers.add(() -> module));
        makers.add(() -> {
            new Speechless().hang();
            return task -> {};
        });
        for (Supplier<Module> maker : makers) {
            int before = hung.get();
            modules.put("m", maker);
            running.modulesChanged();
            String id = running.start("m");
            eventually("it hangs", () -> hung.get() > before);
            assertEquals(JobStatus.STOPPED, stopped(id).state().status());
            assertEquals(List.of(), running.results(id));
        }
        assertEquals(makers.size(), running.scheduler.status().abandonedThreads());
    }

    @Test
    void aWaitingJobIsStoppedWithoutHavingRun() {
        running.queue.disable(true).toCompletableFuture().join();
        modules.put("m", () -> task -> {});
        String id = running.start("m");
        Job job = stopped(id);
        assertEquals(JobStatus.STOPPED, job.state().status());
        assertEquals(0, job.state().epoch());
        assertEquals(List.of("Stop requested."), running.log(id));
    }

    @Test
    void aJobThatHasEndedCannotBeStopped() {
        modules.put("m", () -> task -> {});
        running.modulesChanged();
        String id = running.start("m");
        running.awaitStatus(id, JobStatus.COMPLETED);
        CompletionException refused = assertThrows(CompletionException.class, () -> stopped(id));
        assertEquals(ProblemCode.JOB_NOT_ACTIVE, ((ProblemException) refused.getCause()).code());
    }

    @Test
    void aCleanupThatHangsIsGivenUpAndFailsTheJobWhoseResultsStay() {
        modules.put("m", () -> new Module() {
            @Override
            public void run(TaskContext task) {
                task.emit(Map.of("done", true));
            }

            @Override
            public void cleanup(TaskContext task) {
                while (letGo.getCount() > 0) {
                    Thread.onSpinWait();
                }
            }
        });
        running.modulesChanged();
        String id = running.start("m");
        Job job = running.awaitStatus(id, JobStatus.FAILED);
        assertEquals(Phase.CLEANUP, job.state().failure().phase());
        assertTrue(
                job.state().failure().message().contains("200ms"),
                job.state().failure().message());
        assertEquals(List.of("{\"done\":true}"), running.results(id));
    }

    @Test
    void aModuleThatSpinsDoesNotKeepTheServerFromStopping() {
        String id = started(task -> {
            going.countDown();
            while (letGo.getCount() > 0) {
                Thread.onSpinWait();
            }
        });
        long began = System.nanoTime();
        running.parts.lifecycle.close();
        assertTrue(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began) < 20);
        assertEquals(JobStatus.PENDING, running.status(id));
    }

    @Test
    void aJobThatIsClaimedAndHasNotBegunIsStoppedOnceItIsPutBack() {
        Job claimed = running.claimed();
        var stop = running.scheduler.stop(claimed.id().toString()).toCompletableFuture();
        assertThrows(TimeoutException.class, () -> stop.get(1, TimeUnit.SECONDS)); // the stop keeps looking for its run
        RunMove parked = RunMove.Parked.of(ParkReason.INTERRUPTED, running.clock.instant());
        running.store
                .write(RunWrite.ofRuntime(claimed).withMove(parked))
                .toCompletableFuture()
                .join();
        assertEquals(JobStatus.STOPPED, stop.join().state().status());
    }
}
