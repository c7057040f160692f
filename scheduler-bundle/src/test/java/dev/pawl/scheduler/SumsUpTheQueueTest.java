package dev.pawl.scheduler;

import static dev.pawl.scheduler.RunningScheduler.request;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.catalog.ModuleState;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ReasonCode;
import dev.pawl.service.job.RetryPolicy;
import dev.pawl.service.job.WaitingReason;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SumsUpTheQueueTest {

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir, 1);

    private final FakeModules modules = running.modules;
    private final CountDownLatch letGo = running.letGo;

    @BeforeEach
    void start() {
        modules.put("waits", () -> task -> letGo.await());
        modules.put("quick", () -> task -> {});
        running.modulesChanged();
    }

    private Job enqueue(JobRequest request) {
        return running.scheduler.enqueue(request).toCompletableFuture().join();
    }

    private List<WaitingReason> reasons() {
        return running.queue.reasons();
    }

    private WaitingReason only() {
        assertEquals(1, reasons().size(), reasons().toString());
        return reasons().get(0);
    }

    @Test
    void anEmptyQueueHasNoReasons() {
        assertEquals(List.of(), reasons());
    }

    @Test
    void jobsBehindOthersAreOneReasonWithTheAgeOfTheOldest() {
        running.awaitStatus(running.start("waits"), JobStatus.RUNNING);
        Instant oldest = running.job(running.start("quick")).createdAt();
        running.start("waits");
        assertEquals(
                new WaitingReason(
                        ReasonCode.QUEUED,
                        2,
                        oldest,
                        "Queued; the only slot is taken.",
                        "A slot becoming free, by itself."),
                only());
    }

    @Test
    void aPausedQueueIsTheReasonOfAll() {
        running.queue.disable(true).toCompletableFuture().join();
        running.start("waits");
        running.start("quick");
        enqueue(request("absent").build());
        assertEquals(ReasonCode.QUEUE_PAUSED, only().code());
        assertEquals(3, only().count());
        running.queue.disable(false).toCompletableFuture().join();
    }

    @Test
    void jobsOfDifferentModulesHaveReasonsOfTheirOwn() {
        modules.put("off", () -> task -> {});
        modules.withdraw("off", ModuleState.DISABLED, "Its bundle is stopped.");
        enqueue(request("off").build());
        enqueue(request("absent").build());
        enqueue(request("absent").build());
        List<WaitingReason> all = reasons();
        assertEquals(
                List.of(ReasonCode.MODULE_MISSING, ReasonCode.MODULE_DISABLED),
                all.stream().map(WaitingReason::code).toList());
        assertEquals(List.of(2L, 1L), all.stream().map(WaitingReason::count).toList());
        assertEquals("`pawl module enable off`.", all.get(1).unblockedBy());
    }

    @Test
    void jobsForLaterAndRetriesSayWhenTheNextOneComes() {
        modules.put("fails", () -> task -> {
            throw new IllegalStateException("no");
        });
        running.modulesChanged();
        Instant at = running.clock.instant().plus(Duration.ofHours(5));
        enqueue(request("quick").notBefore(at).build());
        RetryPolicy patient = new RetryPolicy(3, Duration.ofHours(1), Duration.ofHours(1));
        String failing = running.start(request("fails").retry(patient).build());
        eventually("it waits for its retry", () -> running.job(failing).state().attempt() == 2);
        List<WaitingReason> all = reasons();
        assertEquals(
                List.of(ReasonCode.SCHEDULED, ReasonCode.RETRY),
                all.stream().map(WaitingReason::code).toList());
        String second = at.truncatedTo(ChronoUnit.SECONDS).toString();
        assertTrue(all.get(0).sentence().contains(second), all.get(0).sentence());
    }

    @Test
    void aThousandMissingModulesAreAHundredReasonsAndEveryJobIsCounted() {
        for (int n = 0; n < 1_000; n++) {
            enqueue(request("absent-" + n).build());
        }
        List<WaitingReason> all = reasons();
        assertTrue(all.size() <= 100, all.size() + " reasons");
        assertEquals(1_000, all.stream().mapToLong(WaitingReason::count).sum());
        assertTrue(all.get(0).sentence().startsWith("There are 9"), all.get(0).sentence());
    }
}
