package dev.pawl.it.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.NeedsProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code pawl module conform} on our samples, and on programs that break the protocol. */
@NeedsProgram({"setsid", "sh", "python3", "node", "flock"})
class ConformIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private record Said(int code, String out) {}

    private Said conform(Path module, String... more) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("module", "conform", module.toString()));
        arguments.addAll(List.of(more));
        Process process = Server.command(folder.resolve("data"), Path.of(System.getProperty("java.home")), arguments)
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), out);
    }

    @ParameterizedTest
    @ValueSource(strings = {"python-counter", "shell-counter", "javascript-counter"})
    void ourSamplesConform(String id) throws Exception {
        Path sample = Path.of("..", "sample-modules", "languages", id)
                .toAbsolutePath()
                .normalize();
        Said said = conform(sample, "-i", "to=3", "-o", "json");
        assertEquals(0, said.code(), said.out());
        JsonNode report = JSON.readTree(said.out());
        assertTrue(report.get("conforms").asBoolean(), said.out());
        assertTrue(verdicts(report).contains("run ok"), said.out());
        assertTrue(verdicts(report).contains("resume ok"), said.out());
        assertTrue(verdicts(report).contains("leave at a checkpoint ok"), said.out());
        assertTrue(report.get("transcript").get(0).asText().startsWith("> {\"type\":\"start\""), said.out());
    }

    private static List<String> verdicts(JsonNode report) {
        List<String> verdicts = new ArrayList<>();
        report.get("checks")
                .forEach(check -> verdicts.add(
                        check.get("check").asText() + " " + check.get("verdict").asText()));
        return verdicts;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "echo hello; echo '{\"type\":\"done\"}' @ a line is no JSON: hello",
                "exit 0 @ it ended with exit code 0 and without done",
                "echo '{\"type\":\"result\"}'; echo '{\"type\":\"done\"}' @ result: it has no data",
                "echo '{\"type\":\"done\"}'; echo '{\"type\":\"result\",\"data\":1}' @ result after done",
                "echo '{\"type\":\"done\"}'; sleep 60 @ it still runs 5 s after its end",
                "echo '{\"type\":\"do' @ a line is no JSON",
                "printf '{\"type\":\"do' @ the last line has no end",
                "sleep 60 @ it said neither done nor failed within 2 s"
            })
    void whatIsWrongIsSaid(String script, String sentence) throws Exception {
        Path module = Files.createDirectories(folder.resolve("bad"));
        Files.writeString(
                module.resolve("module.json"),
                JSON.writeValueAsString(java.util.Map.of(
                        "id",
                        "bad",
                        "name",
                        "Bad",
                        "version",
                        "1",
                        "runtime",
                        "protocol",
                        "command",
                        List.of("sh", "-c", "read -r start; " + script))));
        Said said = conform(module, "--limit", "2", "-o", "json");
        assertEquals(1, said.code(), said.out());
        JsonNode report = JSON.readTree(said.out());
        assertTrue(said.out().contains(sentence), said.out());
        assertEquals("run wrong", verdicts(report).get(verdicts(report).size() - 1), said.out());
    }

    @Test
    void aModuleThatIgnoresParkAndStopIsSaidInATable() throws Exception {
        Path module = Files.createDirectories(folder.resolve("stubborn"));
        Files.writeString(module.resolve("module.json"), """
                {"id": "stubborn", "name": "Stubborn", "version": "1", "runtime": "protocol", "command": ["sh", "./run.sh"]}
                """);
        Files.writeString(module.resolve("run.sh"), """
                trap '' TERM
                read -r start
                echo '{"type":"checkpoint","id":"1","values":{"n":1}}'
                read -r ack
                echo '{"type":"result","data":{"n":2}}'
                sleep 1
                echo '{"type":"done"}'
                """);
        Said said = conform(module);
        assertEquals(1, said.code(), said.out());
        assertTrue(said.out().contains("it goes on after the answer park"), said.out());
        assertTrue(said.out().contains("CHECK"), said.out());
    }

    @Test
    void aFolderWithoutAModuleIsAWrongCommandLine() throws Exception {
        Said said = conform(folder);
        assertEquals(2, said.code(), said.out());
        assertTrue(said.out().contains("has no module.json"), said.out());
    }
}
