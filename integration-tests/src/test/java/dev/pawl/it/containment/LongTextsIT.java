package dev.pawl.it.containment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.it.server.StoreFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The messages of a worker that fails repeatedly fill up neither the server's memory nor an answer. */
class LongTextsIT {

    private static final int ATTEMPTS = 40;
    private static final String ERROR = "x".repeat(3_900_000);
    private static final int MOST_CHARACTERS = 1_000_000;

    @TempDir
    Path folder;

    private Path data;
    private Server server;
    private Api api;

    @BeforeEach
    void startTheServer() {
        data = folder.resolve("data");
        server = Server.start(data, Path.of(System.getProperty("java.home")), Map.of("PAWL_JAVA_OPTS", "-Xmx160m"));
        api = server.api();
    }

    @AfterEach
    void stopTheServer() {
        server.close();
    }

    @Test
    void aJobThatFailedFortyTimesWithMegabytesIsShownInAnAnswerOfBoundedSize() {
        String id = failedAgainAndAgain();
        JsonNode job = shown("/jobs/" + id);
        assertEquals("failed", job.get("status").asText());
        assertEquals(ATTEMPTS, job.get("runs").size());
        job.get("runs").forEach(run -> assertCut(run.at("/failure/message").asText()));
        assertCut(job.get("error").asText());
        assertCut(shown("/jobs").at("/jobs/0/error").asText());
        shown("/jobs/" + id + "/runs?limit=1000");
        assertEquals("online", shown("/status/health").get("status").asText());
    }

    @Test
    @Tag("sqlite")
    void whatAnOlderReleaseKeptWithoutALimitIsShownWithinIt() throws SQLException {
        String id = failedAgainAndAgain();
        server.terminate();
        String failure = "{\"phase\":\"RUN\",\"task_index\":0,\"module\":\"elsewhere\",\"message\":\"" + ERROR + "\"}";
        try (Connection old = StoreFile.open(data)) {
            assertEquals(1, update(old, "UPDATE jobs SET failure = ?", failure));
            assertEquals(1, update(old, "UPDATE jobs SET info = ?", "{\"error\":\"" + ERROR + "\"}"));
            assertEquals(ATTEMPTS - 1, update(old, "UPDATE former_runs SET failure = ?", failure));
            assertTrue(update(old, "UPDATE log_lines SET message = ?", ERROR) >= ATTEMPTS);
        }
        server = Server.start(data, Path.of(System.getProperty("java.home")), Map.of("PAWL_JAVA_OPTS", "-Xmx160m"));
        api = server.api();
        JsonNode job = shown("/jobs/" + id);
        assertEquals(ATTEMPTS, job.get("runs").size());
        job.get("runs").forEach(run -> assertCut(run.at("/failure/message").asText()));
        assertCut(shown("/jobs").at("/jobs/0/error").asText());
        assertCut(shown("/jobs/" + id + "/logs?limit=10").at("/logs/0/message").asText());
    }

    /** Returns the body of an answer; fails when it is larger than allowed. */
    private JsonNode shown(String path) {
        JsonNode body = api.get(path).expect(200);
        int characters = body.toString().length();
        assertTrue(characters < MOST_CHARACTERS, () -> path + " was answered with " + characters + " characters");
        return body;
    }

    private static void assertCut(String text) {
        assertTrue(text.matches("x+… \\[3,[0-9,]+ more characters were cut]"), () -> text.length() + ": " + text);
    }

    private String failedAgainAndAgain() {
        Map<String, ?> request =
                Map.of("tasks", List.of(Map.of("module", "elsewhere")), "retry", Map.of("max_attempts", ATTEMPTS));
        String id = api.post("/queue", request).expect(200).get("job_id").asText();
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            api.get("/queue/poll?worker_id=w1").expect(200);
            api.json("PATCH", "/jobs/" + id + "/completed", Map.of("failed", true, "info", Map.of("error", ERROR)))
                    .expect(204);
            if (attempt < ATTEMPTS) {
                api.post("/jobs/" + id + "/resume", Map.of()).expect(200);
            }
        }
        return id;
    }

    private static int update(Connection database, String sql, String value) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            statement.setString(1, value);
            return statement.executeUpdate();
        }
    }
}
