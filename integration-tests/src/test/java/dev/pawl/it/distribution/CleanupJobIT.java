package dev.pawl.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of the file module, requested as a client of the worker system does. */
class CleanupJobIT {

    @TempDir
    static Path folder;

    private static Server server;
    private static Api api;

    @BeforeAll
    static void startTheServer() {
        server = Server.start(
                folder.resolve("data"),
                Path.of(System.getProperty("java.home")),
                Map.of("PAWL_FILE_ROOTS", folder.toString())); // contains the data folder
        api = server.api();
        assertEquals(
                "disabled", api.get("/modules/cleanup").expect(200).get("state").asText());
        api.post("/modules/cleanup/enable", Map.of()).expect(200);
    }

    @AfterAll
    static void stopTheServer() {
        server.close();
    }

    @Test
    void aJobOfTwoTasksMovesCopiesAndDeletesRealFiles() throws IOException {
        Path source = Files.writeString(folder.resolve("a.txt"), "a");
        Path copied = Files.writeString(folder.resolve("b.txt"), "b");
        Path empty = Files.createDirectory(folder.resolve("empty"));

        JsonNode queued = api.post(
                        "/queue",
                        Map.of(
                                "job_title",
                                "Tidy up",
                                "tasks",
                                List.of(
                                        task(Map.of(
                                                "move", List.of(pair(source, folder.resolve("moved.txt"))),
                                                "copy", List.of(pair(copied, folder.resolve("copy.txt"))))),
                                        task(Map.of("delete", List.of(empty.toString()))))))
                .expect(200);
        JsonNode job = api.awaitEnd(queued.get("job_id").asText());

        assertEquals("completed", job.get("status").asText(), job.toString());
        assertFalse(Files.exists(source));
        assertEquals("a", Files.readString(folder.resolve("moved.txt")));
        assertEquals("b", Files.readString(copied));
        assertEquals("b", Files.readString(folder.resolve("copy.txt")));
        assertFalse(Files.exists(empty));
    }

    @Test
    void aMissingSourceFailsTheValidationAndIsNamed() {
        Path missing = folder.resolve("missing.txt");
        String id = api.start("cleanup", Map.of("copy", List.of(pair(missing, folder.resolve("x.txt")))));
        JsonNode job = api.awaitEnd(id);
        assertEquals("failed", job.get("status").asText());
        assertEquals("validate", job.at("/failure/phase").asText(), job.toString());
        assertTrue(job.get("error").asText().contains(missing.toString()), job.toString());
    }

    @Test
    void noTaskRunsWhenOneOfThemIsInvalid() throws IOException {
        Path kept = Files.writeString(folder.resolve("kept.txt"), "kept");
        JsonNode queued = api.post(
                        "/queue",
                        Map.of(
                                "job_title",
                                "Half wrong",
                                "tasks",
                                List.of(task(Map.of("delete", List.of(kept.toString()))), task(Map.of()))))
                .expect(200);
        JsonNode job = api.awaitEnd(queued.get("job_id").asText());
        assertEquals("failed", job.get("status").asText());
        assertEquals("validate", job.at("/failure/phase").asText(), job.toString());
        assertEquals(1, job.at("/failure/task_index").asInt());
        assertTrue(Files.exists(kept), "the valid task before it ran");
    }

    /** Protects the server's files: an operator who could copy a token or a jar there would become an admin. */
    @Test
    void noJobReachesWhatMakesTheServer() throws IOException {
        Path data = folder.resolve("data");
        Path mine = Files.writeString(folder.resolve("mine"), "a token of my own, which is long enough");
        String token = Files.readString(data.resolve("admin.token"));
        Files.createSymbolicLink(folder.resolve("link"), data);
        Path home = Path.of(System.getProperty("pawl.distribution")).toRealPath();

        for (Path target : List.of(
                data.resolve("admin.token"),
                data.resolve("modules/mine.jar"),
                folder.resolve("link/admin.token"),
                folder.resolve("link"),
                home.resolve("bin/pawl"),
                Path.of("/proc/self/cwd/x"))) {
            refused(Map.of("copy", List.of(pair(mine, target))));
            refused(Map.of("move", List.of(pair(mine, target))));
        }
        refused(Map.of("copy", List.of(pair(data.resolve("admin.token"), folder.resolve("stolen")))));
        refused(Map.of("move", List.of(pair(data, folder.resolve("stolen")))));
        refused(Map.of("delete", List.of(data.resolve("pawl.db-wal").toString())));

        assertEquals(token, Files.readString(data.resolve("admin.token")));
        assertFalse(Files.exists(folder.resolve("stolen")));
        assertTrue(Files.exists(mine));
    }

    private void refused(Map<String, ?> inputs) {
        JsonNode job = api.awaitEnd(api.start("cleanup", inputs));
        assertEquals("failed", job.get("status").asText(), job.toString());
        assertEquals("validate", job.at("/failure/phase").asText(), job.toString());
        assertTrue(job.get("error").asText().contains("is refused"), job.toString());
    }

    private static Map<String, Object> task(Map<String, ?> data) {
        return Map.of("module", "cleanup", "data", data);
    }

    private static Map<String, String> pair(Path source, Path destination) {
        return Map.of("source", source.toString(), "destination", destination.toString());
    }
}
