package dev.pawl.scheduler;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.pawl.service.catalog.ModuleState;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The end of this server's lease in a store that several servers share. */
class LosesTheLeaseTest {

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir);

    private final AtomicInteger begun = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);

    @Test
    void aJobThatWasTakenOverBeforeItBeganIsLeftToWhoeverHasIt() throws InterruptedException {
        running.modules.put("waits", () -> task -> end.await());
        running.modulesChanged();
        String id = running.start("waits");
        running.awaitStatus(id, JobStatus.RUNNING);
        Job claimed = running.job(id);
        end.countDown();
        running.awaitStatus(id, JobStatus.COMPLETED);
        running.modules.withdraw("waits", ModuleState.DISABLED, "");
        int before = running.writes.get();

        running.parts.dispatcher.take(List.of(claimed)); // nothing can run it here, so it would be put back

        eventually("it is given up", () -> running.writes.get() > before);
        assertFalse(new CountDownLatch(1).await(2_500, TimeUnit.MILLISECONDS));
        assertEquals(before + 1, running.writes.get(), "once is enough");
    }

    @Test
    void endsRunsThatWriteNothingAndTheJobGoesOnFromItsCheckpoint() {
        running.modules.put("silent", () -> task -> {
            task.emit(Map.of("from", task.checkpoint("n", 0)));
            task.checkpoint(Map.of("n", 7));
            begun.incrementAndGet();
            if (task.epoch() == 1) {
                new CountDownLatch(1).await();
            }
            end.await();
        });
        running.modulesChanged();
        String id = running.start("silent");
        eventually("it runs", () -> begun.get() == 1);
        running.parts.dispatcher.leaseEnded();
        eventually("the next run has begun", () -> begun.get() == 2);
        end.countDown();
        running.awaitStatus(id, JobStatus.COMPLETED);
        assertEquals(List.of("{\"from\":0}", "{\"from\":7}"), running.results(id));
        assertEquals(0, running.scheduler.status().abandonedThreads());
    }
}
