package dev.pawl.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.NeedsProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell that {@code pawl serve --console} opens, on a terminal that {@code script} makes. */
@NeedsProgram("script")
class ConsoleIT {

    private static final Path PAWL = Path.of(System.getProperty("pawl.distribution"), "bin", "pawl");
    private static final String GREETING = "`exit` stops the server.";

    @TempDir
    private Path folder;

    private Path shown;
    private Process terminal;

    @BeforeEach
    void serve() throws IOException {
        shown = folder.resolve("shown");
        var builder = new ProcessBuilder("script", "-qefc", PAWL + " serve --port 0 --console", shown.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectErrorStream(true);
        builder.environment().put("PAWL_DATA_DIR", folder.resolve("data").toString());
        builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
        terminal = builder.start();
        Eventually.eventually("the greeting", () -> shown().contains(GREETING));
    }

    @AfterEach
    void end() throws InterruptedException {
        terminal.descendants().forEach(ProcessHandle::destroy);
        assertTrue(terminal.waitFor(30, TimeUnit.SECONDS), "the server did not end");
    }

    @Test
    void itIsTheShellOfTheApiAndItsEndStopsTheServer() throws Exception {
        type("help job");
        Eventually.eventually("the help", () -> shown().contains("explains why a job is not running"));
        type("foo");
        Eventually.eventually("the sentence", () -> shown().contains("There is no command \"foo\"."));
        type("exit");

        assertTrue(terminal.waitFor(30, TimeUnit.SECONDS), this::shown);
        assertEquals(0, terminal.exitValue());
        assertFalse(shown().contains("Exception"), this::shown);
        assertTrue(Files.exists(folder.resolve("state").resolve("pawl").resolve("shell-history")));
    }

    @Test
    void aSignalStopsTheServerWhileItWaitsForALine() throws Exception {
        terminal.descendants()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .forEach(ProcessHandle::destroy);

        assertTrue(terminal.waitFor(30, TimeUnit.SECONDS), this::shown);
        assertEquals(0, terminal.exitValue());
    }

    private void type(String line) throws IOException {
        terminal.getOutputStream().write((line + "\r").getBytes(StandardCharsets.UTF_8));
        terminal.getOutputStream().flush();
    }

    private String shown() {
        try {
            return Files.exists(shown) ? Files.readString(shown, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
