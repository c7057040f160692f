package dev.pawl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a separate process, with a pipe in place of a terminal. */
class MainProcessTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsPipedIsUtf8WithoutColours() throws Exception {
        try (FakeServer server = new FakeServer()) {
            server.answer("GET /modules", 200, "{\"modules\":[" + Jobs.HELLO.replace("Greets.", "Grüßt 日本.") + "]}");
            Process process = start(server, "module", "list");

            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(out.contains("Hello World  Grüßt 日本."), out);
            assertEquals(0, process.waitFor());
        }
    }

    @Test
    void aReaderThatGoesAwayIsNoError() throws Exception {
        try (FakeServer server = new FakeServer()) {
            server.answer("GET /jobs/3f2a91c4/results", 200, Jobs.results(999, 999));
            Process process = start(server, "result", "3f2a91c4", "--raw");
            process.getInputStream().close();

            String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals("", err);
            assertEquals(141, process.waitFor());
        }
    }

    private Process start(FakeServer server, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("PAWL_DATA_DIR", folder.toString());
        builder.environment().put("PAWL_URL", server.url().toString());
        builder.environment().put("LC_ALL", "C");
        return builder.start();
    }
}
