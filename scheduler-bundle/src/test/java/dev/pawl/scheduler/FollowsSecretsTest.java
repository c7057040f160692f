package dev.pawl.scheduler;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.Module;
import dev.pawl.api.module.Secret;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Task;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.secret.NamedSecrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Secrets that the server keeps by name, from the set to the task. */
final class FollowsSecretsTest {

    private static final String VALUE = "correct-horse-battery";
    private static final String NEXT = "staple-of-the-next-year";
    private static final String REFERENCE = "${secret:smtp}";

    @TempDir
    Path folder;

    @RegisterExtension
    final RunningScheduler server = new RunningScheduler(() -> folder);

    record Login(@Secret String password, String user) {}

    record Access(@Secret String apiKey) {}

    private final AtomicReference<String> seen = new AtomicReference<>("");

    private final Module reader = task -> seen.set(task.inputs(Login.class).password() + " "
            + task.settings(Access.class).apiKey());

    private void put(Module module) {
        server.modules.put("m", 0, Login.class, Access.class, () -> module);
        server.modulesChanged();
    }

    private void set(String name, String value, String... modules) {
        server.secrets.set(name, value, Set.of(modules)).toCompletableFuture().join();
    }

    private static JobRequest request(String password, Map<String, Object> settings) {
        return JobRequest.builder(List.of(new Task("m", Map.of("user", REFERENCE, "password", password))))
                .settings(settings)
                .build();
    }

    private static JobRequest request(String password) {
        return request(password, Map.of());
    }

    private String failure(JobRequest request) {
        return Objects.requireNonNull(server.awaitStatus(server.start(request), JobStatus.FAILED)
                        .state()
                        .failure())
                .message();
    }

    private void assertNotOnDisk(String secret) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertFalse(bytes.contains(secret), file + " holds " + secret);
            }
        }
    }

    @Test
    void inputsAndSettingsOfAJobAndSettingsOfAnAdminGetTheTextWhenTheTaskStarts() throws Exception {
        set("smtp", VALUE, "m");
        put(reader);
        server.modules.replace("m", Map.of("api_key", REFERENCE));
        server.awaitStatus(server.start(request(REFERENCE)), JobStatus.COMPLETED);
        assertEquals(VALUE + " " + VALUE, seen.get());

        set("smtp", NEXT, "m");
        server.awaitStatus(server.start(request("own", Map.of("api_key", REFERENCE))), JobStatus.COMPLETED);
        assertEquals("own " + NEXT, seen.get());
        assertNotOnDisk(VALUE);
        assertNotOnDisk(NEXT);
    }

    @Test
    void aValueThatIsNotSecretIsNoReference() {
        set("smtp", VALUE, "m");
        put(task -> seen.set(task.inputs(Login.class).user()));
        server.modules.replace("m", Map.of("api_key", "k"));
        server.awaitStatus(server.start(request("p")), JobStatus.COMPLETED);
        assertEquals(REFERENCE, seen.get());
    }

    @Test
    void whatTheModuleSaysIsHiddenInLogsResultsFailuresAndCheckpoints() throws Exception {
        set("smtp", VALUE, "m");
        put(task -> {
            String password = task.inputs(Login.class).password();
            task.log(dev.pawl.api.module.LogLevel.INFO, "with " + password);
            task.emit(Map.of("used", password));
            task.checkpoint(Map.of("used", password));
            server.letGo.await();
            throw new IllegalStateException("refused: " + password);
        });
        server.modules.replace("m", Map.of("api_key", "k"));
        String id = server.start(request(REFERENCE));
        eventually(
                "it has a checkpoint",
                () -> !server.job(id).state().checkpoint().isEmpty());
        assertEquals(
                Map.of("used", "********"),
                server.scheduler.job(id).job().state().checkpoint());
        server.letGo.countDown();
        assertEquals(
                "java.lang.IllegalStateException: refused: ********",
                Objects.requireNonNull(
                                server.awaitStatus(id, JobStatus.FAILED).state().failure())
                        .message());
        assertTrue(server.log(id).contains("with ********"), server.log(id)::toString);
        assertEquals(List.of("{\"used\":\"********\"}"), server.results(id));
    }

    @Test
    void aResumedTaskFollowsItsReferencesAnew() throws Exception {
        set("smtp", VALUE, "m");
        List<String> all = new CopyOnWriteArrayList<>();
        put(task -> {
            all.add(task.inputs(Login.class).password() + " "
                    + task.settings(Access.class).apiKey());
            if (task.checkpoint("n", 0) == 0) {
                task.checkpoint(Map.of("n", 1));
                server.letGo.await();
            }
        });
        server.modules.replace("m", Map.of("api_key", REFERENCE));
        String id = server.start(request(REFERENCE));
        eventually(
                "it has a checkpoint",
                () -> !server.job(id).state().checkpoint().isEmpty());
        assertNotOnDisk(VALUE);
        set("smtp", NEXT, "m");
        server.modules.replace("m", Map.of("api_key", "another"));

        server.crash();
        server.awaitStatus(id, JobStatus.COMPLETED);

        assertEquals(
                List.of(VALUE + " " + VALUE, NEXT + " " + NEXT),
                all); // the setting that it began with, by its new text
    }

    @Test
    void aJobReachesNoSecretThatIsNotForItsModule() {
        set("smtp", VALUE);
        set("other", VALUE, "n");
        set("open", VALUE, NamedSecrets.ALL_MODULES);
        put(reader);
        server.modules.replace("m", Map.of("api_key", "${secret:other}")); // an admin may

        String missing = failure(request("${secret:none}"));
        assertTrue(
                missing.contains("password refers to the secret none, which does not exist, or is not for"), missing);
        assertEquals(missing.replace("none", "smtp"), failure(request(REFERENCE)));
        assertEquals(missing.replace("none", "other"), failure(request("${secret:other}")));
        String setting = failure(request("p", Map.of("api_key", "${secret:other}")));
        assertEquals(missing.replace("none", "other").replace("password", "api_key"), setting);

        server.awaitStatus(server.start(request("${secret:open}")), JobStatus.COMPLETED);
        assertEquals(VALUE + " " + VALUE, seen.get());
    }

    @Test
    void aResumedTaskReachesNoMoreThanItsJobMay() {
        set("smtp", VALUE, "m");
        put(task -> {
            seen.set(task.settings(Access.class).apiKey());
            if (task.checkpoint("n", 0) == 0) {
                task.checkpoint(Map.of("n", 1));
                server.letGo.await();
            }
        });
        String id = server.start(request("p", Map.of("api_key", REFERENCE)));
        eventually(
                "it has a checkpoint",
                () -> !server.job(id).state().checkpoint().isEmpty());
        set("smtp", VALUE); // for no jobs any more
        seen.set("");

        server.crash();
        String message = Objects.requireNonNull(
                        server.awaitStatus(id, JobStatus.FAILED).state().failure())
                .message();

        assertTrue(message.contains("api_key refers to the secret smtp"), message);
        assertEquals("", seen.get());
    }

    @Test
    void aSecretThatWasRemovedOrCannotBeReadFailsTheJobWithARemedyAndNothingIsLost() throws Exception {
        set("smtp", VALUE, "m");
        put(reader);
        server.modules.replace("m", Map.of("api_key", REFERENCE));
        server.secrets.remove("smtp").toCompletableFuture().join();
        String removed = failure(request("p"));
        assertTrue(
                removed.contains("api_key refers to the secret smtp, which the server does not keep. Set it with"),
                removed);

        set("smtp", VALUE, "m");
        server.close();
        Path key = folder.resolve("secret.key");
        Path away = Files.move(key, folder.resolve("away"));
        server.open();
        ProblemException refused = assertThrows(ProblemException.class, () -> set("other", NEXT));
        assertEquals(ProblemCode.SECRET_KEY_MISSING, refused.code());
        CompletionException noNewKey = assertThrows(CompletionException.class, () -> server.start(request("p")));
        assertEquals(ProblemCode.SECRET_KEY_MISSING, ((ProblemException) noNewKey.getCause()).code());
        String missing =
                failure(JobRequest.builder(List.of(new Task("m", Map.of()))).build());
        assertTrue(missing.contains("smtp is sealed, and its key " + key + " is not there"), missing);

        Files.move(away, key);
        server.awaitStatus(server.start(request("p")), JobStatus.COMPLETED);
        assertEquals("p " + VALUE, seen.get());
    }

    @Test
    void aSecretMayBeSetWhileJobsStart() {
        set("smtp", "value-0000", "m");
        List<String> all = new CopyOnWriteArrayList<>();
        put(task -> all.add(task.inputs(Login.class).password()));
        server.modules.replace("m", Map.of("api_key", "k"));
        CompletableFuture<Void> sets = CompletableFuture.runAsync(() -> {
            for (int i = 1; i <= 100; i++) {
                set("smtp", String.format("value-%04d", i), "m");
            }
        });
        List<String> ids = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 100; i++) {
            ids.add(server.start(request(REFERENCE)));
        }
        sets.join();
        ids.forEach(id -> server.awaitStatus(id, JobStatus.COMPLETED));
        assertEquals(100, all.size());
        assertTrue(all.stream().allMatch(text -> text.matches("value-\\d{4}")), all::toString);
        server.awaitStatus(server.start(request(REFERENCE)), JobStatus.COMPLETED);
        assertEquals("value-0100", all.get(100));
    }
}
