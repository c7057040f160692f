package dev.pawl.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The upkeep of the store over HTTP, and stores that cannot be written or read. */
@Tag("sqlite")
class UpkeepIT {

    @TempDir
    Path folder;

    private record Said(int code, String out, String err) {}

    @Test
    void theStoreIsBackedUpCheckedPurgedAndRestored() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data/config")).getParent();
        Files.setPosixFilePermissions(
                data, PosixFilePermissions.fromString("rwxr-xr-x")); // the mode that `mkdir` gives
        Path backup = folder.resolve("pawl.backup");
        String id;
        try (Server server = Server.start(data)) {
            Api api = server.api();
            for (String file : List.of("pawl.db", "pawl.db-wal", "logs/pawl.log", "server.url", "server.lock")) {
                assertEquals("rw-------", permissions(data.resolve(file)), file);
            }
            for (String each : List.of("", "config", "logs", "artifacts")) {
                assertEquals("rwx------", permissions(data.resolve(each)), each);
            }
            id = api.start("hello", Map.of("name", "World", "count", 2));
            api.awaitEnd(id);
            refused(api, backupTo(Path.of("relative/x.backup")), 400, "PAWL-300", "absolute path");
            refused(api, backupTo(data.resolve("restore.unfinished")), 422, "PAWL-605", "own files");
            refused(api, backupTo(Path.of("/dev/null")) + "&replace=true", 409, "PAWL-604", "not a backup");
            Path unnamed = Path.of(
                    api.post("/store/backup", Map.of()).expect(200).get("file").asText());
            assertEquals(data.toRealPath().resolve("backups"), unnamed.getParent());
            refused(api, backupTo(folder), 422, "PAWL-605", "it is a folder");
            refused(api, backupTo(folder.resolve("no/such/folder")), 422, "PAWL-605", "its folder does not exist");
            refused(api, backupTo(Path.of("/proc/pawl.backup")), 422, "PAWL-605", "cannot be written");
            refused(api, backupTo(data.resolve("pawl.db")) + "&replace=true", 422, "PAWL-605", "own files");
            refused(api, backupTo(data.resolve("admin.token")) + "&replace=true", 422, "PAWL-605", "own files");
            refused(api, backupTo(backup) + "&replace=perhaps", 400, "PAWL-300", "true or false");
            JsonNode made = api.post(backupTo(backup), Map.of()).expect(200);
            assertEquals(Files.size(backup), made.get("bytes").asLong());
            refused(api, backupTo(backup), 409, "PAWL-604", "The file " + backup + " exists already");
            api.post(backupTo(backup) + "&replace=true", Map.of()).expect(200);
            JsonNode checked = api.post("/store/check", Map.of()).expect(200);
            assertTrue(checked.get("sound").asBoolean() && checked.get("jobs").asInt() == 1, checked::toString);

            refused(api, "/store/purge", 400, "PAWL-300", "older_than is missing");
            refused(api, "/store/purge?older_than=soon", 400, "PAWL-300", "a duration such as");
            refused(api, "/store/purge?older_than=0s&status=running", 400, "PAWL-300", "completed, failed and stopped");
            refused(api, "/store/purge?older_than=0s&older=1", 400, "PAWL-300", "older");
            assertEquals(0, purged(api, "older_than=999999999d"));
            assertEquals(0, purged(api, "older_than=0s&status=failed,stopped"));
            assertEquals(1, purged(api, "older_than=0s&dry_run=true"));
            assertEquals(1, purged(api, "older_than=0s"));
            assertEquals(404, api.get("/jobs/" + id).status());
            assertEquals(0, server.terminate());
        }
        Said restored = pawl(data, "restore", backup.toString());
        assertEquals(0, restored.code(), restored::toString);
        try (Server server = Server.start(data)) {
            assertEquals("completed", server.api().status(id));
            assertEquals(2, server.api().results(id).size());
        }
    }

    @Test
    void aStoreThatCannotBeWrittenMakesTheServerUnhealthyUntilItCan() throws Exception {
        Path data = folder.resolve("data");
        try (Server server = Server.start(data)) {
            Api api = server.api();
            api.json("PATCH", "/queue", Map.of("disabled", true)).expect(200);
            assertEquals(
                    "online",
                    api.get("/status/health").expect(200).get("status").asText());
            assumeTrue(limitFiles(server.pid(), "4096"), "no prlimit here");
            Map<String, Object> large =
                    Map.of("module_id", "hello", "inputs", Map.of("name", "x".repeat(100_000), "count", 1));
            JsonNode refused = api.post("/jobs", large).expect(503);
            assertEquals("PAWL-600", refused.get("code").asText());
            JsonNode unhealthy = api.get("/status/health").expect(503);
            assertEquals("PAWL-600", unhealthy.get("code").asText());
            assertTrue(unhealthy.get("detail").asText().contains("pawl.db cannot be used"), unhealthy::toString);
            api.get("/jobs").expect(200);
            assertTrue(limitFiles(server.pid(), "unlimited"));
            Eventually.eventually(
                    "the server becomes healthy by itself",
                    () -> api.get("/status/health").status() == 200);
            api.json("PATCH", "/queue", Map.of("disabled", false)).expect(200);
            String id = api.start("hello", Map.of("name", "World", "count", 1));
            assertEquals("completed", api.awaitEnd(id).get("status").asText());
            assertEquals(1, api.get("/jobs").expect(200).get("jobs").size(), "a refused job is there");
        }
    }

    @Test
    void aDamagedDatabaseIsNamedWithWhatToDoAndLeftAsItIs() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        String damaged = "This is no database at all. ".repeat(1_000);
        Files.writeString(data.resolve("pawl.db"), damaged);
        Said said = pawl(data, "serve");
        assertEquals(1, said.code(), said::toString);
        assertTrue(said.err().contains("pawl.db") && said.err().contains("the file is damaged"), said::toString);
        assertTrue(said.err().contains("move it away"), said::toString);
        assertFalse(said.err().contains("\tat "), "the user sees a stack trace");
        assertEquals(damaged, Files.readString(data.resolve("pawl.db")));
        Said checked = pawl(data, "check");
        assertEquals(1, checked.code(), checked::toString);
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static String backupTo(Path file) {
        return "/store/backup?file=" + URLEncoder.encode(file.toString(), StandardCharsets.UTF_8);
    }

    private static int purged(Api api, String query) {
        return api.post("/store/purge?" + query, Map.of())
                .expect(200)
                .get("total")
                .asInt();
    }

    private static void refused(Api api, String path, int status, String code, String sentence) {
        JsonNode problem = api.post(path, Map.of()).expect(status);
        assertEquals(code, problem.get("code").asText(), problem::toString);
        assertTrue(problem.get("detail").asText().contains(sentence), problem::toString);
    }

    private Said pawl(Path data, String... arguments) throws IOException, InterruptedException {
        Path err = Files.createTempFile(folder, "err", ".txt");
        Process process = Server.command(data, Path.of(System.getProperty("java.home")), List.of(arguments))
                .redirectError(err.toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), out, Files.readString(err));
    }

    /** Limits the size of the files that a process can write, which has the effect of a full disk. */
    private static boolean limitFiles(long pid, String bytes) throws InterruptedException {
        try {
            return new ProcessBuilder("prlimit", "--pid", String.valueOf(pid), "--fsize=" + bytes + ":")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        }
    }
}
