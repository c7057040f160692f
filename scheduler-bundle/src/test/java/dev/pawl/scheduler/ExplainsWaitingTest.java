package dev.pawl.scheduler;

import static dev.pawl.scheduler.RunningScheduler.request;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.service.catalog.ModuleState;
import dev.pawl.service.job.JobFilter;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.Reason;
import dev.pawl.service.job.ReasonCode;
import dev.pawl.service.job.Task;
import dev.pawl.service.job.UpdateMode;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ExplainsWaitingTest {

    @TempDir
    Path dir;

    @RegisterExtension
    final RunningScheduler running = new RunningScheduler(() -> dir, 2);

    private final FakeModules modules = running.modules;
    private final CountDownLatch letGo = running.letGo;

    @BeforeEach
    void start() {
        modules.put("waits", () -> task -> letGo.await());
        modules.put("quick", () -> task -> {});
        running.modulesChanged();
    }

    private Reason why(String id) {
        return running.scheduler.why(id);
    }

    @Test
    void aJobBehindOthersSaysHowMany() {
        String first = running.start("waits");
        String second = running.start("waits");
        running.awaitStatus(first, JobStatus.RUNNING);
        running.awaitStatus(second, JobStatus.RUNNING);
        assertEquals(ReasonCode.RUNNING, why(first).code());
        String third = running.start("quick");
        String fourth = running.start("quick");
        assertEquals(ReasonCode.QUEUED, why(third).code());
        assertEquals("Next in the queue; all 2 slots are taken.", why(third).sentence());
        assertEquals("Queued behind 1 job; all 2 slots are taken.", why(fourth).sentence());
        assertEquals(2, why(fourth).position());
        assertEquals(
                2,
                running.scheduler.jobs(JobFilter.all()).jobs().get(0).reason().position(),
                "the list shows the same reason");
        assertEquals(2, running.queue.waiting(10).entries());
        letGo.countDown();
        running.awaitStatus(fourth, JobStatus.COMPLETED);
        assertEquals(ReasonCode.FINISHED, why(fourth).code());
        assertNull(why(fourth).position());
    }

    @Test
    void aHigherPriorityGoesFirst() {
        running.queue.disable(true).toCompletableFuture().join();
        String low = running.start("quick");
        String high = running.start(request("quick").priority(5).build());
        assertEquals(ReasonCode.QUEUE_PAUSED, why(low).code());
        assertEquals(2, why(low).position());
        assertEquals(1, why(high).position());
        running.queue.disable(false).toCompletableFuture().join();
        running.awaitStatus(low, JobStatus.COMPLETED);
    }

    @Test
    void aModuleThatIsMissingDisabledOrUnsatisfiedIsNamedWithWhatItLacks() {
        String id = running.scheduler
                .enqueue(request("absent").build())
                .toCompletableFuture()
                .join()
                .id()
                .toString();
        assertEquals(ReasonCode.MODULE_MISSING, why(id).code());
        FakeModules.Kind kind = modules.put("absent", () -> task -> {});
        modules.withdraw("absent", ModuleState.DISABLED, "Its bundle is stopped.");
        assertEquals(ReasonCode.MODULE_DISABLED, why(id).code());
        modules.putBack(kind);
        modules.withdraw("absent", ModuleState.RETIRING, "Its bundle goes when the last job has ended.");
        assertEquals(ReasonCode.MODULE_DISABLED, why(id).code());
        modules.putBack(kind);
        modules.withdraw("absent", ModuleState.UNSATISFIED, "It lacks a service Mailer for its reference mail.");
        assertEquals(ReasonCode.MODULE_UNSATISFIED, why(id).code());
        assertTrue(why(id).sentence().contains("Mailer"), why(id).sentence());
        modules.putBack(kind);
        running.modulesChanged();
        running.awaitStatus(id, JobStatus.COMPLETED);
    }

    @Test
    void aPausedModuleHoldsItsJobsAndNoOthersAlsoAfterARestart() {
        running.queue.pauseModule("quick", true).toCompletableFuture().join();
        String id = running.start("quick");
        assertEquals(ReasonCode.MODULE_PAUSED, why(id).code());
        running.restart();
        assertEquals(ReasonCode.MODULE_PAUSED, why(id).code());
        running.awaitStatus(running.start("waits"), JobStatus.RUNNING);
        assertTrue(why(id).unblockedBy().contains("pawl module resume quick"), why(id).unblockedBy());
        assertTrue(running.parts.warnings.of("quick").get(0).contains("paused"));
        running.queue.pauseModule("quick", false).toCompletableFuture().join();
        running.awaitStatus(id, JobStatus.COMPLETED);
        assertEquals(List.of(), running.parts.warnings.of("quick"));
    }

    @Test
    void aModuleThatIsNotInstalledCannotBePausedButAnyMayGoOn() {
        CompletionException refused = assertThrows(CompletionException.class, () -> running.queue
                .pauseModule("quikc", true)
                .toCompletableFuture()
                .join());
        assertEquals(ProblemCode.NO_SUCH_MODULE, ((ProblemException) refused.getCause()).code());
        running.queue.pauseModule("quikc", false).toCompletableFuture().join();
    }

    @Test
    void theReasonFollowsWhatIsTrueFromMomentToMoment() {
        String first = running.start("waits");
        String second = running.start("waits");
        running.awaitStatus(first, JobStatus.RUNNING);
        running.awaitStatus(second, JobStatus.RUNNING);
        String id = running.start("quick");
        assertEquals(ReasonCode.QUEUED, why(id).code());
        FakeModules.Kind kind = modules.withdraw("quick", ModuleState.DISABLED, "Its bundle is stopped.");
        assertEquals(ReasonCode.MODULE_DISABLED, why(id).code());
        assertTrue(why(id).unblockedBy().contains("pawl module enable quick"), why(id).unblockedBy());
        modules.uninstall("quick");
        assertEquals(ReasonCode.MODULE_MISSING, why(id).code());
        modules.putBack(kind);
        running.queue.pauseModule("quick", true).toCompletableFuture().join();
        assertEquals(ReasonCode.MODULE_PAUSED, why(id).code());
        running.queue.disable(true).toCompletableFuture().join();
        assertEquals(ReasonCode.QUEUE_PAUSED, why(id).code());
        running.queue.disable(false).toCompletableFuture().join();
        running.queue.pauseModule("quick", false).toCompletableFuture().join();
        assertEquals("Next in the queue; all 2 slots are taken.", why(id).sentence());
        running.scheduler.stop(first).toCompletableFuture().join();
        running.awaitStatus(id, JobStatus.COMPLETED);
        assertEquals(ReasonCode.FINISHED, why(id).code());
    }

    @Test
    void aModuleAtItsLimitSaysSoUntilOneEnds() {
        modules.put(
                "one",
                1,
                AutomationModule.NoFields.class,
                AutomationModule.NoFields.class,
                () -> task -> letGo.await());
        running.modulesChanged();
        running.awaitStatus(running.start("one"), JobStatus.RUNNING);
        String second = running.start("one");
        assertEquals(ReasonCode.MODULE_LIMIT, why(second).code());
        modules.replace("one", Map.of("pawl.concurrency", 2));
        running.modulesChanged();
        running.awaitStatus(second, JobStatus.RUNNING);
    }

    @Test
    void aScheduledJobSaysWhenAndStartsThen() {
        String id = running.start(request("quick")
                .notBefore(running.clock.instant().plusSeconds(3600))
                .build());
        assertEquals(ReasonCode.SCHEDULED, why(id).code());
        assertTrue(why(id).sentence().contains("2026-01-01T01:00:00Z"), why(id).sentence());
        running.clock.advance(Duration.ofHours(1));
        running.awaitStatus(id, JobStatus.COMPLETED);
    }

    @Test
    void aDisabledWorkerStartsNothing() {
        running.workers
                .disable(running.parts.own.id(), true)
                .toCompletableFuture()
                .join();
        String id = running.start("quick");
        assertEquals(ReasonCode.WORKER_DISABLED, why(id).code());
        running.workers
                .disable(running.parts.own.id(), false)
                .toCompletableFuture()
                .join();
        running.awaitStatus(id, JobStatus.COMPLETED);
    }

    @Test
    void aModuleHeldForAnUpdateSaysSo() {
        running.drain.drain(List.of("quick"), UpdateMode.MOVE, Duration.ZERO, ParkReason.MODULE_UPDATE);
        String id = running.start("quick");
        assertEquals(ReasonCode.MODULE_UPDATING, why(id).code());
        running.awaitStatus(running.start("waits"), JobStatus.RUNNING); // claimed after the held job would have been
        running.drain.release(List.of("quick"));
        assertEquals(1, running.awaitStatus(id, JobStatus.COMPLETED).state().epoch(), "it was not claimed meanwhile");
    }

    @Test
    void jobsAreFoundByIdAndByPrefix() {
        String id = running.start("quick");
        assertEquals(id, running.scheduler.job(id.substring(0, 8)).job().id().toString());
        for (String wrong : List.of("1234567", "not-a-job-id", "ffffffff", "%", "")) {
            ProblemException refused = assertThrows(ProblemException.class, () -> running.scheduler.job(wrong));
            assertEquals(ProblemCode.UNKNOWN_JOB, refused.code(), wrong);
        }
    }

    @Test
    void anUnknownModuleIsRefusedWithThoseThereAre() {
        CompletionException refused = assertThrows(CompletionException.class, () -> running.start("quikc"));
        assertEquals(ProblemCode.UNKNOWN_MODULE, ((ProblemException) refused.getCause()).code());
        assertTrue(
                refused.getCause().getMessage().contains("quick, waits"),
                refused.getCause().getMessage());
    }

    @Test
    void aWrongInputIsRefusedByName() {
        CompletionException refused = assertThrows(
                CompletionException.class,
                () -> running.start(JobRequest.builder(
                                List.of(new Task("quick", Map.of()), new Task("quick", Map.of("colour", "red"))))
                        .build()));
        assertEquals(ProblemCode.INVALID_INPUT, ((ProblemException) refused.getCause()).code());
        assertEquals(
                "Task 2: \"colour\" is not an input of quick; it takes none.",
                refused.getCause().getMessage());
    }

    @Test
    void aUniqueKeyAnswersWithTheLiveJob() {
        running.queue.disable(true).toCompletableFuture().join();
        String first = running.start(request("quick").uniqueKey("nightly").build());
        assertEquals(first, running.start(request("quick").uniqueKey("nightly").build()));
        eventually("one waits", () -> running.queue.waiting(10).entries() == 1);
    }
}
