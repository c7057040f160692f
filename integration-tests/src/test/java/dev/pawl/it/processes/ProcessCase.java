package dev.pawl.it.processes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server as it is distributed, for modules whose tasks are processes. */
abstract class ProcessCase {

    @TempDir
    Path folder;

    Server server;
    Api api;

    @BeforeEach
    final void startServer() {
        server = Server.start(folder.resolve("data"));
        api = server.api();
    }

    @AfterEach
    final void stopServer() {
        server.close();
    }

    final JsonNode install(Path source) {
        return api.post("/modules/install", Map.of("source_path", source.toString()))
                .expect(200);
    }

    final List<String> lines(String job) {
        List<String> lines = new ArrayList<>();
        api.get("/jobs/" + job + "/logs?limit=1000")
                .expect(200)
                .get("logs")
                .forEach(line -> lines.add(line.get("message").asText()));
        return lines;
    }

    final String ended(String job) {
        JsonNode end = api.awaitEnd(job);
        return end.get("status").asText() + " " + end.path("error").asText("").replace("null", "");
    }
}
