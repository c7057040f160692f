package dev.pawl.it.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.it.server.Api;
import dev.pawl.it.server.Server;
import dev.pawl.testkit.NeedsProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The transcript in docs/module-protocol.md, held against what a server and Python say to each other, whom a program between both hears. */
@NeedsProgram({"python3", "setsid"})
class TranscriptIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LEFT_OUT = "…";

    /** Passes itself off as Python, and writes down what goes through it. */
    private static final String LISTENER = """
            #!%1$s
            import subprocess, sys, threading
            if "sys.version_info" in sys.argv[-1]:
                print("3.14"); print("%2$s"); print("3.14.0")
                sys.exit(0)
            process = subprocess.Popen(["%1$s"] + sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            def pass_on(source, target, sign):
                for line in source:
                    with open("%3$s", "ab") as heard:
                        heard.write(sign + line)
                    target.write(line)
                    target.flush()
                target.close()
            threading.Thread(target=pass_on, args=(sys.stdin.buffer, process.stdin, b"> "), daemon=True).start()
            pass_on(process.stdout, sys.stdout.buffer, b"< ")
            sys.exit(process.wait())
            """;

    @TempDir
    Path folder;

    private static String block(String page, String language, String after) {
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(page);
        if (!block.find(page.indexOf(after))) {
            throw new AssertionError("no block of " + language + " after " + after);
        }
        return block.group(1);
    }

    private static String python() throws IOException {
        Process process = new ProcessBuilder("python3", "-c", "import sys; print(sys.executable)").start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    @Test
    void theTranscriptOfThePageIsWhatIsSaid() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("pawl.root")).resolve("docs/module-protocol.md"));
        Path module = Files.createDirectories(folder.resolve("count"));
        Files.writeString(module.resolve("module.json"), block(page, "json", "## A folder is a module"));
        Files.writeString(module.resolve("main.py"), block(page, "python", "## A folder is a module"));
        Path listener = Files.createDirectories(folder.resolve("bin")).resolve("python3.14");
        Path heard = folder.resolve("heard");
        Files.writeString(listener, LISTENER.formatted(python(), listener, heard));
        Files.setPosixFilePermissions(listener, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (Server server = Server.start(
                folder.resolve("data"),
                Path.of(System.getProperty("java.home")),
                Map.of("PATH", listener.getParent() + ":" + System.getenv("PATH")))) {
            Api api = server.api();
            api.post("/modules/install", Map.of("source_path", module.toString()))
                    .expect(200);
            JsonNode end = api.awaitEnd(api.start("count", Map.of("to", 1)));
            assertEquals("completed", end.get("status").asText(), end::toString);
        }
        List<String> expected = block(page, "text", "### One run").lines().toList();
        List<String> said = new ArrayList<>();
        for (String line : Files.readAllLines(heard)) {
            said.add(said.size() < expected.size() ? withoutWhatIsLeftOut(line, expected.get(said.size())) : line);
        }
        assertEquals(String.join("\n", expected), String.join("\n", said));
    }

    /** A line with the dots of the other one in place of the values that are left out there. */
    private static String withoutWhatIsLeftOut(String line, String shown) throws IOException {
        Map<String, Object> said = new java.util.LinkedHashMap<>();
        JsonNode other = JSON.readTree(shown.substring(2));
        JSON.readTree(line.substring(2))
                .properties()
                .forEach(field -> said.put(
                        field.getKey(),
                        LEFT_OUT.equals(other.path(field.getKey()).asText()) ? LEFT_OUT : field.getValue()));
        return line.substring(0, 2) + JSON.writeValueAsString(said);
    }
}
