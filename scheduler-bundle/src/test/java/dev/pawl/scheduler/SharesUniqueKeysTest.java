package dev.pawl.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Secret;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.OnConflict;
import dev.pawl.service.job.Submission;
import dev.pawl.service.job.Submitted;
import dev.pawl.service.job.Task;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The outcomes of requests whose unique key another job holds. */
final class SharesUniqueKeysTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final RunningScheduler server = new RunningScheduler(() -> folder);

    record Amount(BigDecimal n) {}

    record Depth(Integer depth) {}

    record Login(@Secret String password) {}

    @BeforeEach
    void installAModuleThatRunsUntilItIsStopped() {
        server.modules.put("m", 0, Amount.class, Depth.class, () -> task -> {
            while (true) {
                task.checkpoint(Map.of());
                Thread.sleep(5); // the module works until it is stopped
            }
        });
        server.modulesChanged();
    }

    @Test
    void theSameRequestIsToldThatTheJobExists() {
        Submitted first = submit(unique(Map.of("n", 1)));
        Submitted second = submit(unique(Map.of("n", new BigDecimal("1.0"))));
        assertFalse(first.existing());
        assertTrue(second.existing());
        assertEquals(first.job().id(), second.job().id());
    }

    @Test
    void anotherRequestWithTheKeyIsRefusedAndTheHolderIsNamed() {
        Submitted first = submit(unique(Map.of("n", 1)));
        String other = refusal(unique(Map.of("n", 2)));
        assertTrue(other.contains(first.job().id().toString()) && other.contains("other inputs"), other);
        String settings = refusal(unique(Map.of("n", 1)).settings(Map.of("depth", 3)));
        assertTrue(settings.contains("other inputs or settings"), settings);
        String module = refusal(
                JobRequest.builder(List.of(new Task("far", Map.of("n", 1)))).uniqueKey("nightly"));
        assertTrue(module.contains("this request is of far"), module);
    }

    @Test
    void theSameSecretIsTheSameRequestThoughItIsSealedAnew() {
        server.modules.put("login", 0, Login.class, AutomationModule.NoFields.class, () -> task -> {
            while (true) {
                task.checkpoint(Map.of());
                Thread.sleep(5); // the module works until it is stopped
            }
        });
        server.modulesChanged();
        Submitted first = submit(login("geheim"));
        assertEquals(first.job().id(), submit(login("geheim")).job().id());
        String refusal = refusal(login("anders"));
        assertTrue(refusal.contains("other inputs") && !refusal.contains("geheim"), refusal);
    }

    @Test
    void aRequestThatRejectsIsRefusedAlsoWhenItIsTheSame() {
        submit(unique(Map.of()));
        assertTrue(refusal(unique(Map.of()).onConflict(OnConflict.REJECT)).contains("it rejects"));
    }

    @Test
    void aRunningJobIsStoppedForTheOneThatReplacesIt() {
        Submitted first = submit(unique(Map.of("n", 1)));
        server.awaitStatus(first.job().id().toString(), JobStatus.RUNNING);
        Submitted second = submit(unique(Map.of("n", 2)).onConflict(OnConflict.REPLACE));
        assertFalse(second.existing());
        assertNotEquals(first.job().id(), second.job().id());
        assertEquals(JobStatus.STOPPED, server.status(first.job().id().toString()));
        server.awaitStatus(second.job().id().toString(), JobStatus.RUNNING);
    }

    @Test
    void aWaitingJobIsStoppedForTheOneThatReplacesIt() {
        Submitted first = submit(far("far"));
        Submitted second = submit(far("further").onConflict(OnConflict.REPLACE));
        assertEquals(JobStatus.STOPPED, server.status(first.job().id().toString()));
        assertEquals(JobStatus.PENDING, server.status(second.job().id().toString()));
    }

    @Test
    void aReplacementThatIsRefusedStopsNothing() {
        Submitted first = submit(unique(Map.of("n", 1)));
        JobRequest refused = JobRequest.builder(List.of(new Task("nowhere", Map.of())))
                .uniqueKey("nightly")
                .onConflict(OnConflict.REPLACE)
                .build();
        var started = server.scheduler.start(refused).toCompletableFuture();
        assertThrows(CompletionException.class, started::join);
        assertFalse(server.status(first.job().id().toString()).isFinal());
    }

    private Submitted submit(JobRequest.Builder request) {
        return server.scheduler
                .submit(Submission.ofAnyModule(request.build()))
                .toCompletableFuture()
                .join();
    }

    private String refusal(JobRequest.Builder request) {
        CompletionException failed = assertThrows(CompletionException.class, () -> submit(request));
        ProblemException problem = (ProblemException) failed.getCause();
        assertEquals(ProblemCode.UNIQUE_KEY_TAKEN, problem.code());
        return String.valueOf(problem.getMessage());
    }

    private static JobRequest.Builder unique(Map<String, Object> inputs) {
        return JobRequest.builder(List.of(new Task("m", inputs))).uniqueKey("nightly");
    }

    private static JobRequest.Builder login(String password) {
        return JobRequest.builder(List.of(new Task("login", Map.of("password", password))))
                .uniqueKey("login");
    }

    private static JobRequest.Builder far(String module) {
        return JobRequest.builder(List.of(new Task(module, Map.of()))).uniqueKey("nightly");
    }
}
