package dev.pawl.it.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.server.Server;
import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.NeedsProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server under a service manager that listens as systemd does. {@code packages/try} has the real one. */
@NeedsProgram({"python3", "systemd-notify"})
class ServiceManagerIT {

    private static final Path JAVA = Path.of(System.getProperty("java.home"));

    /** Writes each message on a line of its own, and lets a sender that waits for the end of its message go. */
    private static final String LISTENER = """
            import os, socket, sys
            listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            listener.bind(sys.argv[1])
            while True:
                message, descriptors, _, _ = socket.recv_fds(listener, 65536, 16)
                for descriptor in descriptors:
                    os.close(descriptor)
                with open(sys.argv[2], "ab") as heard:
                    heard.write(message.replace(b"\\n", b" ") + b"\\n")
            """;

    @TempDir
    Path folder;

    @Test
    void hearsThatTheServerIsReadyThatItLivesAndThatItStops() throws Exception {
        Path socket = folder.resolve("notify");
        Path heard = folder.resolve("heard");
        Process listener = new ProcessBuilder("python3", "-c", LISTENER, socket.toString(), heard.toString()).start();
        try {
            Eventually.eventually("the manager listens", () -> Files.exists(socket));
            Map<String, String> unit = Map.of("NOTIFY_SOCKET", socket.toString(), "WATCHDOG_USEC", "400000");
            Server server = Server.start(folder.resolve("data"), JAVA, unit);
            String pid = "MAINPID=" + server.pid();
            Eventually.eventually("it is ready", () -> lines(heard).stream()
                    .anyMatch(line -> line.contains("READY=1")
                            && line.contains(pid)
                            && line.contains("is ready at " + server.url())));
            Eventually.eventually(
                    "it lives",
                    () -> lines(heard).stream()
                                    .filter(line -> line.contains("WATCHDOG=1"))
                                    .count()
                            >= 3);
            assertEquals(0, server.terminate());
            assertTrue(lines(heard).stream().anyMatch(line -> line.contains("STOPPING=1")), () -> lines(heard)
                    .toString());
        } finally {
            listener.destroyForcibly();
            listener.waitFor();
        }
    }

    private static List<String> lines(Path heard) {
        try {
            return Files.exists(heard) ? Files.readAllLines(heard) : List.of();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
