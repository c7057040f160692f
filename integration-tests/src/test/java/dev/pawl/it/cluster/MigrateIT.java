package dev.pawl.it.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.it.modules.ModuleJar;
import dev.pawl.it.modules.steps.StepsModule;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server on SQLite that becomes one on PostgreSQL, and one on SQLite again. */
class MigrateIT {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String HARD = "a\u0000b \u00e4\ud83d\ude00";
    private static final String NAMED = "named";

    @TempDir
    Path folder;

    private record Said(int code, String out, String err) {}

    @Test
    void everythingGoesToADatabaseAndBackAndARunGoesOnFromItsCheckpoint() throws Exception {
        Path here = folder.resolve("here");
        Path back = folder.resolve("back");
        String done;
        String running;
        try (Server server = Server.start(here)) {
            Api api = server.api();
            api.upload(ModuleJar.of(StepsModule.class, "1.0.0", folder), "").expect(200);
            api.post("/data/steps/" + NAMED, Map.of("text", HARD)).expect(204);
            api.json("PUT", "/secrets/api.key", Map.of("value", "geheim", "modules", List.of("steps")));
            done = api.start("steps", Map.of("steps", 5, "pause_ms", 1, "every", 2));
            api.awaitEnd(done);
            running = api.start("steps", Map.of("steps", 80, "pause_ms", 100, "every", 2));
            Eventually.eventually("it has checkpoints", () -> total(api, running) > 5);
            server.kill();
        }
        try (Cluster cluster = new Cluster(folder)) {
            String address =
                    "postgresql://postgres@localhost:" + cluster.database().port() + "/postgres";
            JsonNode moved = json(pawl(here, "migrate", "--to", address, "-o", "json"));
            JsonNode audit;
            try (Server server = cluster.start(
                    "here",
                    Map.of("PAWL_SECRET_KEY_FILE", here.resolve("secret.key").toString()))) {
                Api api = server.api();
                Said refused = pawl(back, "migrate", "--from", address);
                assertEquals(1, refused.code(), refused::toString);
                assertTrue(refused.err().contains("Servers use the store"), refused::toString);
                kept(api, done);
                Eventually.eventually(LONG, () -> assertEquals("completed", api.status(running)));
                assertEquals(IntStream.rangeClosed(1, 80).boxed().toList(), steps(api, running));
                api.start("steps", Map.of("steps", 2, "pause_ms", 1, "every", 1));
                audit = api.get("/audit/verify").expect(200);
                assertEquals(0, server.terminate());
            }
            assertTrue(audit.get("sound").asBoolean(), audit::toString);
            Said full = pawl(here, "migrate", "--to", address);
            assertEquals(1, full.code(), full::toString);
            assertTrue(full.err().contains("is not empty"), full::toString);
            copyKeys(here, back);
            JsonNode returned = json(pawl(back, "migrate", "--from", address, "-o", "json"));
            assertTrue(returned.get("records").asLong() > moved.get("records").asLong(), returned::toString);
        }
        try (Server server = Server.start(back)) {
            Api api = server.api();
            kept(api, done);
            assertEquals(IntStream.rangeClosed(1, 80).boxed().toList(), steps(api, running));
            assertEquals(3, api.get("/jobs").expect(200).get("jobs").size());
            String next = api.start("steps", Map.of("steps", 2, "pause_ms", 1, "every", 1));
            assertEquals("completed", api.awaitEnd(next).get("status").asText());
            JsonNode checked = api.post("/store/check", Map.of()).expect(200);
            assertTrue(checked.get("sound").asBoolean(), checked::toString);
            assertTrue(api.get("/audit/verify").expect(200).get("sound").asBoolean());
        }
    }

    private static void kept(Api api, String job) {
        assertEquals("completed", api.status(job));
        assertEquals(List.of(1, 2, 3, 4, 5), steps(api, job));
        assertEquals(
                HARD, api.get("/data/steps/" + NAMED).expect(200).get("text").asText());
        JsonNode secrets = api.get("/secrets").expect(200).get("secrets");
        assertTrue(secrets.get(0).get("readable").asBoolean(), secrets::toString);
    }

    private static int total(Api api, String job) {
        return api.get("/jobs/" + job + "/results?limit=1")
                .expect(200)
                .get("total")
                .asInt();
    }

    private static List<Integer> steps(Api api, String job) {
        return api.results(job).stream().map(row -> row.get("step").asInt()).toList();
    }

    private static void copyKeys(Path from, Path to) throws IOException {
        try (Stream<Path> keys = Files.list(from)) {
            for (Path key :
                    keys.filter(file -> file.toString().endsWith(".key")).toList()) {
                Files.copy(key, to.resolve(key.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static JsonNode json(Said said) throws IOException {
        assertEquals(0, said.code(), said::toString);
        return new ObjectMapper().readTree(said.out());
    }

    private Said pawl(Path data, String... arguments) throws IOException, InterruptedException {
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder command = Server.command(data, Path.of(System.getProperty("java.home")), List.of(arguments));
        command.environment().put("PAWL_STORE_PASSWORD", "postgres");
        Process process = command.redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), out, Files.readString(err));
    }
}
