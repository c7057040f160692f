package dev.pawl.scheduler;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The work of the scheduler and its store for a job that logs a line and emits a result, counted and not timed. A test that fails here after
 * a change tells that each job costs more than before; the numbers may be raised for a good reason, which belongs in docs/performance.md.
 */
class WorkOfAJobTest {

    private static final int JOBS = 2_000;

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir, 16);

    @BeforeEach
    void warmUp() {
        running.modules.put("noop", () -> task -> {
            task.info("done");
            task.emit(Map.of("ok", true));
        });
        together(JOBS);
    }

    @Test
    void aJobAllocatesLittle() {
        long before = allocated();
        together(JOBS);
        long bytes = (allocated() - before) / JOBS;
        assertTrue(bytes <= 36_000, () -> bytes + " bytes a job");
    }

    @Test
    void aJobPassesThroughFewThreads() throws IOException {
        Path threads = Path.of("/proc/self/task");
        assumeTrue(Files.isDirectory(threads), "Only Linux counts the switches of threads.");
        long before = waits(threads);
        for (int n = 0; n < JOBS; n++) {
            together(1);
        }
        double waits = (waits(threads) - before) / (double) JOBS;
        assertTrue(waits <= 14, () -> waits + " waits a job");
    }

    /** Runs jobs that are added one by one without waiting. */
    private void together(int jobs) {
        long ended = running.store.counts().get(JobStatus.COMPLETED);
        List<CompletionStage<Job>> added = new ArrayList<>();
        for (int n = 0; n < jobs; n++) {
            added.add(running.scheduler.start(RunningScheduler.request("noop").build()));
        }
        added.forEach(job -> job.toCompletableFuture().join());
        eventually("all end", () -> running.store.counts().get(JobStatus.COMPLETED) == ended + jobs);
    }

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }

    /** The number of times that Pawl's threads have waited for something. */
    private static long waits(Path threads) throws IOException {
        long waits = 0;
        try (Stream<Path> all = Files.list(threads)) {
            for (Path thread : all.toList()) {
                waits += waitsOf(thread);
            }
        }
        return waits;
    }

    private static long waitsOf(Path thread) throws IOException {
        try {
            return Files.readString(thread.resolve("comm")).startsWith("pawl-")
                    ? Files.readAllLines(thread.resolve("status")).stream()
                            .filter(line -> line.startsWith("voluntary_ctxt_switches:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    : 0;
        } catch (NoSuchFileException e) {
            return 0; // the thread has ended since
        }
    }
}
