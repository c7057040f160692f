package dev.pawl.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.Role;
import dev.pawl.scheduler.secret.SigningKeys;
import dev.pawl.service.job.Callback;
import dev.pawl.service.job.CallbackEvent;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobRetry;
import dev.pawl.service.job.Task;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.testkit.fake.FakeCallbacks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Requests that name an address which is to be told of the job. */
final class TakesCallbacksTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final RunningScheduler server = new RunningScheduler(() -> folder);

    @BeforeEach
    void installAModule() {
        server.modules.put("m", () -> task -> {});
        server.modulesChanged();
    }

    private static JobRequest request(String host, @Nullable String secret) {
        return JobRequest.builder(List.of(new Task("m", Map.of())))
                .callback(new Callback("https://" + host + "/", CallbackEvent.ENDS, secret))
                .build();
    }

    private ProblemException refusal(JobRequest request) {
        CompletionException refused = assertThrows(
                CompletionException.class,
                () -> server.scheduler.start(request).toCompletableFuture().join());
        return (ProblemException) refused.getCause();
    }

    @Test
    void theServersKeyIsThereBeforeTheFirstDelivery() {
        server.scheduler.start(request("a.example", null)).toCompletableFuture().join();
        assertTrue(Files.exists(folder.resolve(SigningKeys.NAME)));
    }

    @Test
    void aSecretThatIsNotThereIsRefusedForJobsAndForThoseToCome() {
        JobRequest request = request("a.example", "nowhere");
        ProblemException refused = refusal(request);
        assertEquals(ProblemCode.INVALID_JOB, refused.code());
        assertTrue(
                String.valueOf(refused.getMessage()).startsWith("callback_secret refers to the secret nowhere, "),
                refused.getMessage());
        assertEquals(
                ProblemCode.INVALID_JOB,
                assertThrows(ProblemException.class, () -> server.scheduler.kept(request, null))
                        .code());
    }

    @Test
    void anAddressIsJudgedWhileThereIsAPartThatDelivers() {
        JobRequest request = request(FakeCallbacks.REFUSED, null);
        server.scheduler.start(request).toCompletableFuture().join(); // its delivery waits for the part
        server.parts.callbacks.judgedBy(new FakeCallbacks());
        assertEquals(ProblemCode.INVALID_JOB, refusal(request).code());
        assertThrows(ProblemException.class, () -> server.scheduler.kept(request, null));
        server.parts.callbacks.judgedBy(null);
        server.scheduler.start(request).toCompletableFuture().join();
    }

    @Test
    void aJobThatRetriesAnotherTellsToo() {
        server.parts.queue.disable(true).toCompletableFuture().join();
        Job first = server.scheduler
                .start(request("a.example", null))
                .toCompletableFuture()
                .join();
        server.scheduler.stop(first.id().toString()).toCompletableFuture().join();
        Job second = server.scheduler
                .retry(JobRetry.of(first.id().toString(), Role.OPERATOR))
                .toCompletableFuture()
                .join()
                .job();
        assertEquals(first.request().callback(), second.request().callback());
    }
}
