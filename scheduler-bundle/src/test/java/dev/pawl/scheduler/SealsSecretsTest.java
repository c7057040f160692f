package dev.pawl.scheduler;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.Module;
import dev.pawl.api.module.Secret;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Secrets on disk. */
final class SealsSecretsTest {

    private static final String PASSWORD = "correct-horse-battery";
    private static final String KEY = "staple-of-the-api";

    @TempDir
    Path folder;

    @RegisterExtension
    final RunningScheduler server = new RunningScheduler(() -> folder);

    record Login(String user, @Secret String password) {}

    record Access(@Secret String apiKey) {}

    private final AtomicReference<String> seen = new AtomicReference<>("");

    private void put(Module module) {
        server.modules.put("m", 0, Login.class, Access.class, () -> module);
        server.modulesChanged();
    }

    private void putReader() {
        put(task -> seen.set(task.inputs(Login.class) + " " + task.settings(Access.class)));
    }

    private static JobRequest request(String apiKey) {
        return JobRequest.builder(List.of(new Task("m", Map.of("user", "me", "password", PASSWORD))))
                .settings(Map.of("api_key", apiKey))
                .build();
    }

    private void assertNotOnDisk(String secret) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertFalse(bytes.contains(secret), file + " holds " + secret);
            }
        }
    }

    @Test
    void neitherInputsNorSettingsAreOnDiskAsTheyAreThoughTheTaskHasThem() throws Exception {
        put(task -> {
            seen.set(task.inputs(Login.class) + " " + task.settings(Access.class));
            task.checkpoint(Map.of("n", 1)); // its settings are saved with the checkpoint
            server.letGo.await();
        });
        String id = server.start(request(KEY));
        eventually(
                "the task has saved its checkpoint",
                () -> !server.job(id).state().checkpoint().isEmpty());

        assertEquals("Login[user=me, password=" + PASSWORD + "] Access[apiKey=" + KEY + "]", seen.get());
        assertNotOnDisk(PASSWORD);
        assertNotOnDisk(KEY);
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("secret.key"))));

        seen.set("");
        server.restart();
        eventually(
                "it resumes with the settings it began with", () -> seen.get().endsWith("Access[apiKey=" + KEY + "]"));
    }

    @Test
    void anExternalWorkerGetsThemOpen() {
        putReader();
        var unused = server.queue.disable(true).toCompletableFuture().join();
        server.modules.withdraw("m", dev.pawl.service.catalog.ModuleState.DISABLED, "");
        server.start(request(KEY));
        var unusedToo = server.queue.disable(false).toCompletableFuture().join();

        Job job = server.workers.poll("w", null).toCompletableFuture().join().orElseThrow();

        assertEquals(PASSWORD, job.request().tasks().get(0).inputs().get("password"));
        assertEquals(KEY, job.request().settings().get("api_key"));

        String id = job.id().toString();
        server.workers
                .completed(id, null, true, "login with " + PASSWORD + " failed")
                .toCompletableFuture()
                .join();
        assertTrue(
                server.log(id).contains("Failed at external worker w: login with ******** failed"),
                server.log(id)::toString);
        assertEquals(
                "login with ******** failed", server.job(id).state().failure().message());
    }

    @Test
    void aJobWhoseKeyIsGoneFailsAndSaysWhatToDo() throws Exception {
        putReader();
        var unused = server.queue.disable(true).toCompletableFuture().join();
        String id = server.start(request(KEY));
        server.close();
        Files.delete(folder.resolve("secret.key"));
        server.open();
        var unusedToo = server.queue.disable(false).toCompletableFuture().join();

        String message = Objects.requireNonNull(
                        server.awaitStatus(id, JobStatus.FAILED).state().failure())
                .message();

        assertTrue(message.contains("password is sealed, and its key " + folder.resolve("secret.key")), message);
    }

    @Test
    void aSettingThatAnAdminRefersToAFileIsReadForEachTask() throws Exception {
        Path file = Files.writeString(folder.resolve("key.txt"), "first\n");
        putReader();
        server.modules.replace("m", Map.of("api_key", "${file:" + file + "}"));
        JobRequest request = JobRequest.builder(List.of(new Task("m", Map.of("password", PASSWORD))))
                .build();

        server.awaitStatus(server.start(request), JobStatus.COMPLETED);
        assertTrue(seen.get().endsWith("[apiKey=first]"), seen.get());
        Files.writeString(file, "second");
        server.awaitStatus(server.start(request), JobStatus.COMPLETED);
        assertTrue(seen.get().endsWith("[apiKey=second]"), seen.get());

        Files.delete(file);
        String message = Objects.requireNonNull(server.awaitStatus(server.start(request), JobStatus.FAILED)
                        .state()
                        .failure())
                .message();
        assertTrue(message.contains("api_key refers to the file " + file), message);
    }

    @Test
    void whatAJobBringsAlongIsNeverFollowed() throws Exception {
        Path file = Files.writeString(folder.resolve("key.txt"), "of the server");
        putReader();

        server.awaitStatus(server.start(request("${file:" + file + "}")), JobStatus.COMPLETED);

        assertTrue(seen.get().endsWith("[apiKey=${file:" + file + "}]"), seen.get());
    }
}
