package dev.pawl.it.distribution;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.it.server.Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The {@code pawl} command against a running server. */
class CommandLineIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private Path data;
    private Server server;

    @BeforeEach
    void startTheServer() {
        data = folder.resolve("data");
        server = Server.start(data);
    }

    @AfterEach
    void stopTheServer() {
        server.close();
    }

    private record Said(int code, String out, String err) {}

    private Said pawl(String... arguments) throws IOException, InterruptedException {
        Path err = Files.createTempFile(folder, "err", ".txt");
        Process process = Server.command(data, Path.of(System.getProperty("java.home")), List.of(arguments))
                .redirectError(err.toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), out, Files.readString(err));
    }

    @Test
    void aJobIsRunFoundExplainedAndReadAgain() throws Exception {
        Said ran = pawl("run", "hello", "-i", "name=World", "-i", "count=2", "--wait", "-o", "json");
        assertEquals(0, ran.code(), ran.toString());
        JsonNode jobs = JSON.readTree(pawl("jobs", "-o", "json").out());
        String id = jobs.at("/jobs/0/id").asText();
        String prefix = id.substring(0, 8);
        assertEquals(
                "completed",
                JSON.readTree(pawl("job", prefix, "-o", "json").out())
                        .get("status")
                        .asText());
        assertAll(
                () -> assertTrue(pawl("jobs").out().contains(prefix)),
                () -> assertTrue(pawl("logs", prefix).out().contains("World")),
                () -> assertTrue(pawl("result", prefix).out().contains("World")),
                () -> assertEquals(0, pawl("why", prefix).code()),
                () -> assertTrue(pawl("module", "list").out().contains("cleanup")),
                () -> assertTrue(pawl("module", "show", "hello").out().contains("delay_ms")),
                () -> assertTrue(pawl("status").out().contains("running")),
                () -> assertEquals(0, pawl("workers").code()),
                () -> assertEquals(0, pawl("queue").code()),
                () -> assertEquals(0, pawl("config").code()));
    }

    @Test
    void aMissingInputIsNamedAndTheExitCodeIsOne() throws Exception {
        Said refused = pawl("run", "hello", "-i", "count=2");
        assertEquals(1, refused.code(), refused.toString());
        assertTrue(refused.err().contains("name"), refused.toString());
        assertEquals("", refused.out());
    }

    @Test
    void exitCodesTellUsageFromAbsence() throws Exception {
        assertEquals(2, pawl("run").code());
        server.terminate();
        Said absent = pawl("jobs");
        assertEquals(3, absent.code(), absent.toString());
    }

    @Test
    void documentsAreKeptForAModule() throws Exception {
        Path file = Files.writeString(folder.resolve("doc.json"), JSON.writeValueAsString(Map.of("answer", 42)));
        assertEquals(0, pawl("data", "put", "hello", "notes", "@" + file).code());
        assertEquals(
                42,
                JSON.readTree(pawl("data", "get", "hello", "notes", "-o", "json")
                                .out())
                        .get("answer")
                        .asInt());
        assertEquals(0, pawl("data", "rm", "hello", "notes").code());
        assertEquals(1, pawl("data", "get", "hello", "notes").code());
    }
}
