package dev.pawl.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Jdks;
import dev.pawl.it.server.Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The distribution in a locale that has neither UTF-8 nor Latin digits. */
class ForeignLocaleIT {

    private static final Map<String, String> PLAIN_C =
            Map.of("LC_ALL", "C", "PAWL_JAVA_OPTS", "-Duser.language=ar -Duser.country=EG");

    @TempDir
    Path folder;

    static Stream<Path> javaHomes() {
        return Jdks.homes();
    }

    @ParameterizedTest
    @MethodSource("javaHomes")
    void textsAndNamesOfFilesAreUtf8AndDigitsLatin(Path javaHome) throws Exception {
        Map<String, String> environment = new HashMap<>(PLAIN_C);
        environment.put("PAWL_FILE_ROOTS", folder.toString());
        try (Server server = Server.start(folder.resolve("data"), javaHome, environment)) {
            // created by the shell, since the test's own locale may be unable to encode the name
            shell("printf a >'größe.txt'");
            Api api = server.api();
            api.post("/modules/cleanup/enable", Map.of()).expect(200);
            String moved = api.start(
                    "cleanup",
                    Map.of(
                            "move",
                            List.of(Map.of("source", folder + "/größe.txt", "destination", folder + "/süß.txt"))));
            JsonNode job = api.awaitEnd(moved);
            assertEquals("completed", job.get("status").asText(), job.toString());
            assertEquals("a", shell("cat 'süß.txt'"));

            String greeted = run(javaHome, "run", "hello", "-i", "name=Žofie");
            assertTrue(greeted.contains("Hello, Žofie!"), greeted);
            String jobs = run(javaHome, "jobs");
            assertTrue(jobs.contains("hello"), jobs);
        }
    }

    private String run(Path javaHome, String... arguments) throws IOException, InterruptedException {
        // The test's JVM can pass on only characters of its own locale, so the shell writes the arguments.
        ProcessBuilder pawl = Server.command(folder.resolve("data"), javaHome, List.of());
        String line = pawl.command().get(0) + " '" + String.join("' '", arguments) + "'";
        ProcessBuilder shell = new ProcessBuilder("sh");
        shell.environment().putAll(pawl.environment());
        shell.environment().putAll(PLAIN_C);
        return output(shell, line);
    }

    private String shell(String line) throws IOException, InterruptedException {
        return output(new ProcessBuilder("sh"), line);
    }

    private String output(ProcessBuilder shell, String line) throws IOException, InterruptedException {
        Path said = Files.createTempFile(folder, "said", ".txt");
        Process process = shell.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try (var input = process.getOutputStream()) {
            input.write(line.getBytes(StandardCharsets.UTF_8));
        }
        process.waitFor();
        return Files.readString(said);
    }
}
