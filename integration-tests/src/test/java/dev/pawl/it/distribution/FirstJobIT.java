package dev.pawl.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Jdks;
import dev.pawl.it.server.Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The first steps of a newcomer, on each Java version. */
class FirstJobIT {

    @TempDir
    Path folder;

    static Stream<Path> jdks() {
        return Jdks.oldestAndNewest();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void oneCommandRunsAJobWhereNoServerRuns(Path jdk) throws Exception {
        Path data = folder.resolve("data");
        Process process = Server.command(data, jdk, List.of("run", "hello", "-i", "name=World", "-i", "count=3"))
                .redirectError(folder.resolve("err").toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        String all = out + Files.readString(folder.resolve("err"));
        assertEquals(0, process.exitValue(), all);
        assertTrue(out.contains("World"), all);
        assertFalse(out.contains("\u001b["), "no colours in a pipe: " + all);
        assertFalse(Files.exists(data.resolve("server.url")), "the temporary server left its address behind");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void theServerRunsAJobAndEndsCleanly(Path jdk) throws IOException {
        Path data = folder.resolve("data");
        try (Server server = Server.start(data, jdk, Map.of())) {
            Api api = server.api();
            String id = api.start("hello", Map.of("name", "World", "count", 3));
            JsonNode job = api.awaitEnd(id);
            assertEquals("completed", job.get("status").asText(), job.toString());
            assertEquals(
                    List.of(1, 2, 3),
                    api.results(id).stream()
                            .map(row -> row.get("iteration").asInt())
                            .toList());
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("admin.token"))));
            assertEquals(
                    server.url().toString(),
                    Files.readString(data.resolve("server.url")).strip());
            JsonNode configuration = api.get("/status/config").expect(200);
            assertEquals(data.toString(), configuration.get("data_dir").asText());
            assertEquals(0, server.terminate(), server.said());
            assertFalse(Files.exists(data.resolve("server.url")));
        }
    }
}
