package dev.pawl.scheduler;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Secret;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Task;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The ways by which a module's secret could leak. */
final class MasksSecretsTest {

    private static final String PASSWORD = "p\"a/ss wörd 1234";

    @TempDir
    Path folder;

    @RegisterExtension
    final RunningScheduler server = new RunningScheduler(() -> folder);

    record Login(@Secret String password) {}

    private String start(Module module) {
        server.modules.put("m", 0, Login.class, AutomationModule.NoFields.class, () -> module);
        server.modulesChanged();
        return server.start(JobRequest.builder(List.of(new Task("m", Map.of("password", PASSWORD))))
                .build());
    }

    private static List<String> forms() {
        byte[] secret = PASSWORD.getBytes(StandardCharsets.UTF_8);
        return List.of(
                PASSWORD,
                PASSWORD.replace("\"", "\\\""),
                URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8),
                URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8).replace("+", "%20"),
                Base64.getEncoder().encodeToString(secret),
                Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    private static String basic(String user) {
        return Base64.getEncoder().encodeToString((user + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    }

    private static void assertHidden(String what, Object shown) {
        String text = String.valueOf(shown);
        for (String form : forms()) {
            assertFalse(text.contains(form.replace("=", "")), what + " shows " + form + ": " + text);
        }
    }

    @Test
    void noFormOfASecretIsInTheLogTheResultsTheInfoOrTheFailure() {
        String id = start(task -> {
            for (String form : forms()) {
                task.info("log " + form);
                task.emit(Map.of("list", List.of(Map.of(form, "x " + form)), "n", 1234));
                task.progress(50, Map.of("deep", List.of(form)));
            }
            throw new IllegalStateException("failed with " + String.join(" ", forms()));
        });

        Job job = server.awaitStatus(id, JobStatus.FAILED);

        assertHidden("the log", server.log(id));
        assertHidden("the results", server.results(id));
        assertHidden("the info", job.state().progress());
        assertHidden("the failure", job.state().failure());
        assertTrue(server.results(id).get(0).toString().contains("1234"), "a number is not masked");
    }

    @Test
    void aSecretInsideWhatIsEncodedIsFoundWhereverItBegins() {
        String id = start(task -> {
            for (String user : List.of("a", "ab", "abc")) {
                task.info(basic(user));
            }
        });
        server.awaitStatus(id, JobStatus.COMPLETED);

        for (String user : List.of("a", "ab", "abc")) {
            String middle = basic(user).substring(8, 20);
            assertFalse(String.valueOf(server.log(id)).contains(middle), user + ": " + server.log(id));
        }
    }

    @Test
    void aCheckpointKeepsItsSecretsForTheTaskAndShowsThemToNobody() {
        AtomicReference<String> resumed = new AtomicReference<>("");
        String id = start(task -> {
            resumed.set(task.checkpoint("saved", ""));
            task.checkpoint(Map.of("saved", PASSWORD));
            server.letGo.await();
        });

        eventually(
                "its checkpoint is saved",
                () -> !server.job(id).state().checkpoint().isEmpty());

        assertHidden("the checkpoint", server.scheduler.job(id).job().state().checkpoint());

        server.restart();
        eventually("it resumes from its checkpoint", () -> resumed.get().equals(PASSWORD));
    }

    @Test
    void aThreadIsCalledSoForTheTimeOfTheModulesWork() {
        AtomicReference<Thread> worker = new AtomicReference<>();
        String id = start(task -> {
            worker.set(Thread.currentThread());
            Thread.currentThread().setName(PASSWORD);
            Thread left = new Thread(
                    () -> {
                        try {
                            server.letGo.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    },
                    "left with " + PASSWORD);
            left.start();
        });
        server.awaitStatus(id, JobStatus.COMPLETED);

        assertHidden("the worker's name", worker.get().getName());
        assertTrue(
                server.log(id).toString().contains("left with ********"),
                server.log(id).toString());
        assertHidden("the log", server.log(id));
        assertHidden("the warnings", server.parts.warnings.of("m"));
    }

    @Test
    void whatATaskLogsForTheServerIsMasked() {
        AtomicReference<String> written = new AtomicReference<>("");
        String id = start(task -> written.set(server.parts.jobLog.masked("INFO [" + PASSWORD + "] said")));
        server.awaitStatus(id, JobStatus.COMPLETED);

        assertEquals("INFO [********] said", written.get());
        assertEquals("no task: " + PASSWORD, server.parts.jobLog.masked("no task: " + PASSWORD));
    }

    @Test
    void inputsOfAModuleThatWasNeverHereAreMaskedByTheirNames() {
        String id = server.scheduler
                .enqueue(JobRequest.builder(List.of(new Task(
                                "elsewhere",
                                Map.of(
                                        "url",
                                        "https://x",
                                        "apiKey",
                                        "one",
                                        "db_password",
                                        "two",
                                        "AUTH_TOKEN",
                                        "three"))))
                        .build())
                .toCompletableFuture()
                .join()
                .id()
                .toString();

        assertEquals(
                Map.of("url", "https://x", "apiKey", "********", "db_password", "********", "AUTH_TOKEN", "********"),
                server.scheduler.job(id).job().request().tasks().get(0).inputs());
        assertEquals("one", server.job(id).request().tasks().get(0).inputs().get("apiKey"));
    }
}
