package dev.pawl.it.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.it.server.Server;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The real command line of the older engine, the unmodified sweatpants 0.4.4, against the real distribution. */
@Tag("nightly")
@EnabledIfEnvironmentVariable(
        named = "PAWL_SWEATPANTS",
        matches = ".+",
        disabledReason = "PAWL_SWEATPANTS names no folder with the sources of sweatpants")
class SweatpantsIT {

    private static final Pattern STARTED = Pattern.compile("Job started: (\\S+)");

    @TempDir
    Path folder;

    private int port;
    private Server server;

    private record Said(int code, String text) {

        Said and(String words) {
            assertTrue(text.contains(words), () -> "no \"" + words + "\" in:\n" + text);
            return this;
        }
    }

    @BeforeEach
    void startTheServer() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Map<String, String> settings = Map.of("PAWL_AUTH", "off", "PAWL_API_PORT", Integer.toString(port));
        server = Server.start(folder.resolve("data"), Path.of(System.getProperty("java.home")), settings);
    }

    @AfterEach
    void stopTheServer() {
        server.close();
    }

    private PythonProgram start(String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of("-m", "sweatpants"));
        line.addAll(List.of(arguments));
        Map<String, String> environment =
                Map.of("SWEATPANTS_API_PORT", Integer.toString(port), "COLUMNS", "200", "NO_COLOR", "1");
        Path sources = Path.of(System.getenv("PAWL_SWEATPANTS")).toAbsolutePath();
        return PythonProgram.start(folder, sources, environment, line);
    }

    private Said says(int code, String... arguments) throws IOException {
        try (PythonProgram program = start(arguments)) {
            Said said = new Said(program.awaitExit(), program.said());
            assertEquals(code, said.code(), said::text);
            return said;
        }
    }

    private String run(String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of("run", "hello"));
        line.addAll(List.of(arguments));
        Said said = says(0, line.toArray(String[]::new)).and("Module: hello").and("Status: ");
        Matcher id = STARTED.matcher(said.text());
        assertTrue(id.find(), said::text);
        return id.group(1);
    }

    @Test
    void jobsAreStartedShownFollowedAndStopped() throws Exception {
        says(0, "status").and("Status: running").and("Modules: 2").and("No running jobs.");
        says(0, "module", "list").and("hello").and("Hello World").and("greeting, sample");
        String id = run("-i", "name=World", "-i", "count=2", "-d", "30m");
        server.api().awaitEnd(id);
        says(0, "logs", id.substring(0, 8)).and("INFO Hello, World! (2/2)");
        says(0, "result", id.substring(0, 8)).and("Results (2 total):").and("\"greeting\": \"Hello, World!\"");
        assertEquals(
                2,
                new ObjectMapper()
                        .readTree(says(0, "result", "--raw", id).text())
                        .get("total")
                        .asInt());

        String slow = run("-i", "name=Slow", "-i", "count=100", "-i", "delay_ms=100");
        says(0, "status").and("Running Jobs").and(slow.substring(0, 8));
        says(0, "logs", "-f", slow.substring(0, 8)).and("Following logs...").and("Hello, Slow! (100/100)");
        String endless = run("-i", "name=Slow", "-i", "count=100000", "-i", "delay_ms=100");
        try (PythonProgram follower = start("logs", "-f", endless)) {
            says(0, "stop", endless.substring(0, 8)).and("stopped.");
            assertEquals(0, follower.awaitExit(), follower::said);
        }
        assertEquals("stopped", server.api().status(endless));
    }

    @Test
    void whatIsRefusedIsSaidInASentence() throws Exception {
        says(1, "run", "nowhere", "-i", "a=b").and("Error: There is no module \"nowhere\"");
        says(1, "run", "hello").and("Error: name is missing");
        says(1, "stop", "00000000").and("Error: There is no job \"00000000\".");
        says(1, "module", "uninstall", "nowhere").and("Error: There is no module nowhere");
        says(1, "module", "install-git", "https://example.org/x").and("PAWL_MODULE_HOSTS names no host");
        says(1, "module", "sync").and("modules.yaml is not there");
        assertEquals(0, server.terminate());
        says(1, "status").and("Error: Cannot connect");
    }

    @Test
    void aModuleIsUninstalledAndInstalledFromItsFolder() throws Exception {
        says(0, "module", "uninstall", "hello").and("Module uninstalled: hello");
        Path module = Files.createDirectories(folder.resolve("module/target")).getParent();
        Files.writeString(
                module.resolve("module.json"), "{\"id\": \"hello\", \"name\": \"Hello World\", \"version\": \"1\"}");
        try (Stream<Path> shipped = Files.list(Path.of(System.getProperty("pawl.distribution"), "modules"))) {
            Path jar = shipped.filter(each -> each.getFileName().toString().startsWith("hello-"))
                    .findFirst()
                    .orElseThrow();
            Files.copy(jar, module.resolve("target").resolve(jar.getFileName()));
        }
        says(0, "module", "install", module.toString()).and("Module installed: hello");
        server.api().awaitEnd(run("-i", "name=World"));
    }
}
