package dev.pawl.scheduler;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.JobStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class LeavesThreadsTest {

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir, 1);

    private final FakeModules modules = running.modules;
    private final CountDownLatch letGo = running.letGo;

    private void await() {
        try {
            letGo.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> leakLines(String id) {
        return running.log(id).stream()
                .filter(line -> line.startsWith("Threads that"))
                .toList();
    }

    /** Sweeps as often as the timer would in this number of 30-second periods. */
    private void sweep(int times) {
        IntStream.range(0, times).forEach(i -> running.parts.lingering.leaked().sweep());
    }

    @Test
    void aThreadThatOutlivesItsJobIsNamedInTheLogAndOnTheModuleUntilItEnds() {
        AtomicReference<Thread> left = new AtomicReference<>();
        String id = running.completed(task -> {
            left.set(new Thread(this::await, "left-behind"));
            left.get().start();
        });
        assertEquals(
                List.of("Threads that the job started go on after it: left-behind."
                        + " A module ends its threads before run or cleanup returns."),
                leakLines(id));
        String warning = running.parts.warnings.of("m").get(0);
        assertTrue(warning.startsWith("1 thread goes on") && warning.contains("left-behind (of job " + id), warning);
        letGo.countDown();
        eventually("it ends", () -> !left.get().isAlive());
        assertEquals(List.of(), running.parts.warnings.of("m"));
    }

    @Test
    void threadsThatEndWithTheirJobAreNoMatter() {
        String id = running.completed(task -> {
            ExecutorService own = Executors.newFixedThreadPool(3);
            own.submit(() -> task.info("from a thread of its own")).get();
            own.shutdown(); // its threads are still ending when run returns
        });
        assertEquals(List.of("from a thread of its own"), running.log(id));
        sweep(4);
        assertEquals(List.of(), running.parts.warnings.of("m"));
    }

    @Test
    void aThreadIsToldOfOnceThoughMoreJobsRunBesideIt() {
        running.completed(task -> new Thread(this::await, "left-behind").start());
        String second = running.completed(task -> {
            Thread brief = new Thread(() -> {}, "brief");
            brief.start();
            brief.join();
        });
        assertEquals(List.of(), leakLines(second));
        sweep(4);
        assertTrue(running.parts.warnings.of("m").get(0).startsWith("1 thread goes on"));
    }

    @Test
    void whatEndsAThreadOfATaskIsInTheJobsLog() {
        String id = running.completed(task -> {
            Thread own = new Thread(
                    () -> {
                        throw new IllegalStateException("out of ink");
                    },
                    "printer");
            own.start();
            own.join();
        });
        String line = running.log(id).get(0);
        assertTrue(
                line.startsWith("Thread printer, which the task started, ended with an exception:"
                        + " java.lang.IllegalStateException: out of ink\n\tat "),
                line);
    }

    @Test
    void aThreadThatInheritsNothingIsFoundByTheSweep() {
        String id = running.completed(task -> new Thread(null, this::await, "inherits-nothing", 0, false).start());
        assertEquals(List.of(), leakLines(id));
        sweep(3);
        assertEquals(List.of(), running.parts.warnings.of("m"), "it might be a pool's thread that ends by itself");
        sweep(1);
        String warning = running.parts.warnings.of("m").get(0);
        assertTrue(warning.contains("inherits-nothing"), warning);
    }

    @Test
    void theThreadsThatTheJvmSharesAreNobodysThoughAJobMadeItStartThem() {
        String id = running.completed(task -> {
            CompletableFuture<Void> inTheCommonPool = CompletableFuture.runAsync(() -> task.info("in the common pool"));
            inTheCommonPool.get();
            new CompletableFuture<Void>().orTimeout(1, TimeUnit.HOURS).complete(null);
        });
        assertEquals(List.of("in the common pool"), running.log(id));
        sweep(4);
        assertEquals(List.of(), running.parts.warnings.of("m"));
    }

    @Test
    void theThreadsOfARunThatGoesOnAreItsOwn() {
        CountDownLatch going = new CountDownLatch(1);
        modules.put("m", () -> task -> {
            new Thread(null, this::await, "at-work", 0, false).start();
            going.countDown();
            letGo.await();
        });
        running.modulesChanged();
        String id = running.start("m");
        eventually("it runs", () -> going.getCount() == 0);
        sweep(8);
        assertEquals(List.of(), running.parts.warnings.of("m"));
        letGo.countDown();
        running.awaitStatus(id, JobStatus.COMPLETED);
    }
}
