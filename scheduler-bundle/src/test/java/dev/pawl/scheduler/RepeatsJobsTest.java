package dev.pawl.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Role;
import dev.pawl.api.module.RunException;
import dev.pawl.api.module.Secret;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobRetry;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Task;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** New jobs that do the work of failed and stopped ones again. */
final class RepeatsJobsTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final RunningScheduler server = new RunningScheduler(() -> folder);

    record Login(String user, @Secret String password) {}

    private final List<Login> seen = new CopyOnWriteArrayList<>();
    private volatile boolean broken = true;

    @BeforeEach
    void installAModuleThatFailsWhileItIsBroken() {
        server.modules.put("m", 0, Login.class, AutomationModule.NoFields.class, () -> task -> {
            seen.add(task.inputs(Login.class));
            if (broken) {
                throw new RunException("broken");
            }
        });
        server.modulesChanged();
    }

    @Test
    void aRetryHasTheRequestAndTheSecretsOfTheOldJob() {
        Job old = failed(JobRequest.builder(List.of(login("me", "geheim"), login("you", "anders")))
                .title("Two logins")
                .priority(7)
                .maxDuration(Duration.ofHours(1))
                .build());
        seen.clear();
        broken = false;

        Job retry = server.awaitStatus(retry(JobRetry.of(old.id().toString(), Role.OPERATOR)), JobStatus.COMPLETED);

        assertEquals(List.of(new Login("me", "geheim"), new Login("you", "anders")), seen);
        assertEquals(Optional.of(old.id()), retry.request().retryOf());
        assertEquals("Two logins", retry.request().title());
        assertEquals(7, retry.request().priority());
        assertEquals(Optional.of(Duration.ofHours(1)), retry.request().maxDuration());
        assertEquals(JobStatus.FAILED, server.status(old.id().toString()), "the old one stays as it is");
    }

    @Test
    void itsFirstTaskAndSomeInputsMayBeOthers() {
        Job old = failed(JobRequest.builder(List.of(login("me", "geheim"), login("you", "anders")))
                .build());
        seen.clear();
        broken = false;

        server.awaitStatus(retry(retryOf(old, 1, Map.of("user", "they", "password", "neu"))), JobStatus.COMPLETED);

        assertEquals(List.of(new Login("they", "neu")), seen);
    }

    @Test
    void secretsGoNowhereElseUnlessAnAdminSendsThem() {
        Job old = failed(request());
        String id = old.id().toString();
        seen.clear();
        broken = false;

        String refusal =
                String.valueOf(refusal(retryOf(old, 0, Map.of("user", "they"))).getMessage());
        assertTrue(refusal.contains("password"), refusal);
        server.awaitStatus(retry(retryOf(old, 0, Map.of("password", "neu"))), JobStatus.COMPLETED);
        server.awaitStatus(
                retry(new JobRetry(id, 0, Map.of("user", "they"), Role.ADMIN, null, null)), JobStatus.COMPLETED);

        assertEquals(List.of(new Login("me", "neu"), new Login("they", "geheim")), seen);
    }

    @Test
    void itsTextsAreNotTakenForTemplatesAgain() {
        Job old = failed(JobRequest.builder(List.of(login("\\{{ tasks[0].user }}", "geheim")))
                .build());
        seen.clear();
        broken = false;

        server.awaitStatus(retry(JobRetry.of(old.id().toString(), Role.OPERATOR)), JobStatus.COMPLETED);

        assertEquals("{{ tasks[0].user }}", seen.get(0).user());
    }

    @Test
    void aRetryTakesOverTheUniqueKey() {
        Job old = failed(keyed());

        Job retry = server.awaitStatus(retry(JobRetry.of(old.id().toString(), Role.OPERATOR)), JobStatus.FAILED);

        assertFalse(retry.id().equals(old.id()));
        assertEquals(Optional.of("nightly"), retry.request().uniqueKey());
        ProblemException taken = refusal(JobRetry.of(old.id().toString(), Role.OPERATOR));
        assertEquals(ProblemCode.UNIQUE_KEY_TAKEN, taken.code(), "now the retry holds it");
    }

    @Test
    void onlyFailedAndStoppedJobsAreRetried() {
        broken = false;
        Job completed = server.awaitStatus(server.start(request()), JobStatus.COMPLETED);
        String waiting = server.start(JobRequest.builder(request().tasks())
                .notBefore(Instant.now().plus(Duration.ofHours(1)))
                .build());

        for (String id : List.of(completed.id().toString(), waiting)) {
            ProblemException refusal = refusal(JobRetry.of(id, Role.OPERATOR));
            assertEquals(ProblemCode.JOB_NOT_FAILED, refusal.code());
        }
        server.scheduler.stop(waiting).toCompletableFuture().join();
        server.awaitStatus(retry(JobRetry.of(waiting, Role.OPERATOR)), JobStatus.COMPLETED);
    }

    @Test
    void whatIsNotThereIsRefused() {
        Job old = failed(request());

        assertEquals(
                "from_task is 1; the job has 1 task(s), counted from 0.",
                refusal(retryOf(old, 1, Map.of())).getMessage());
        String input = String.valueOf(
                refusal(retryOf(old, 0, Map.of("usr", "x", "password", "neu"))).getMessage());
        assertTrue(input.contains("usr"), input);
        assertEquals(
                ProblemCode.UNKNOWN_JOB,
                refusal(JobRetry.of("0123456789", Role.OPERATOR)).code());
    }

    private static Task login(String user, String password) {
        return new Task("m", Map.of("user", user, "password", password));
    }

    private static JobRequest request() {
        return JobRequest.builder(List.of(login("me", "geheim"))).build();
    }

    private static JobRequest keyed() {
        return JobRequest.builder(request().tasks())
                .uniqueKey("nightly")
                .uniqueFor(Duration.ofHours(1))
                .build();
    }

    private static JobRetry retryOf(Job job, int fromTask, Map<String, Object> inputs) {
        return new JobRetry(job.id().toString(), fromTask, inputs, Role.OPERATOR, null, null);
    }

    private Job failed(JobRequest request) {
        return server.awaitStatus(server.start(request), JobStatus.FAILED);
    }

    private String retry(JobRetry retry) {
        return server.scheduler
                .retry(retry)
                .toCompletableFuture()
                .join()
                .job()
                .id()
                .toString();
    }

    private ProblemException refusal(JobRetry retry) {
        var refused = server.scheduler.retry(retry).toCompletableFuture();
        CompletionException failure = assertThrows(CompletionException.class, refused::join);
        return assertInstanceOf(ProblemException.class, failure.getCause());
    }
}
