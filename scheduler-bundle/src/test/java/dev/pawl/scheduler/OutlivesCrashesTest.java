package dev.pawl.scheduler;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Failure;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ReasonCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class OutlivesCrashesTest {

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir);

    private final FakeModules modules = running.modules;
    private final CountDownLatch letGo = running.letGo;
    private final ConcurrentLinkedQueue<String> begun = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void start() {
        modules.put("waits", () -> task -> {
            begun.add(task.jobId());
            letGo.await();
        });
        running.modulesChanged();
    }

    @Test
    void aJobThatIsThereAtEveryCrashFailsWithTheReason() {
        String id = running.start("waits");
        for (int crash = 1; crash <= 3; crash++) {
            awaitBegun(id);
            crash();
        }
        running.awaitStatus(id, JobStatus.FAILED);
        Failure failure = running.job(id).state().failure();
        assertNotNull(failure);
        assertTrue(failure.message().contains("ended 3 times in a row"), failure.message());
    }

    @Test
    void suspectedJobsBeginOneByOneAndOthersAreToldWhy() {
        String first = running.start("waits");
        String second = running.start("waits");
        for (int crash = 1; crash <= 2; crash++) {
            awaitBegun(first);
            awaitBegun(second);
            crash();
        }
        awaitBegun(first);
        String other = running.start("waits");
        assertEquals(JobStatus.PENDING, running.status(second));
        assertEquals(ReasonCode.CRASH_TRIAL, running.scheduler.why(second).code());
        assertTrue(running.scheduler.why(other).sentence().contains(first), running.scheduler.why(other)::sentence);
        assertEquals(ReasonCode.CRASH_TRIAL, running.scheduler.why(other).code());
        letGo.countDown();
        for (String id : List.of(first, second, other)) {
            running.awaitStatus(id, JobStatus.COMPLETED);
        }
    }

    @Test
    void aSuspectedJobThatGetsFurtherLetsOthersBegin() {
        CountDownLatch further = new CountDownLatch(1);
        modules.put("steps", () -> task -> {
            begun.add(task.jobId());
            if (task.epoch() == 3) {
                further.await();
                task.checkpoint(Map.of("n", 1));
            }
            letGo.await();
        });
        running.modulesChanged();
        String id = running.start("steps");
        for (int crash = 1; crash <= 2; crash++) {
            awaitBegun(id);
            crash();
        }
        awaitBegun(id);
        String other = running.start("waits");
        assertEquals(JobStatus.PENDING, running.status(other));
        further.countDown();
        awaitBegun(other);
    }

    @Test
    void interruptedJobsResumeInTheOrderInWhichTheyRan() {
        String low =
                running.start(RunningScheduler.request("waits").priority(-1).build());
        awaitBegun(low);
        running.pass(Duration.ofSeconds(1));
        String high =
                running.start(RunningScheduler.request("waits").priority(9).build());
        awaitBegun(high);
        running.kill();
        begun.clear();
        letGo.countDown();
        running.open(1);
        running.awaitStatus(high, JobStatus.COMPLETED);
        assertEquals(List.of(low, high), List.copyOf(begun));
    }

    private void crash() {
        running.kill();
        begun.clear();
        running.open();
    }

    private void awaitBegun(String id) {
        eventually("job " + id + " begins", () -> begun.contains(id));
    }
}
