package dev.pawl.it.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pawl.testkit.Eventually;
import dev.pawl.testkit.NeedsProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server in a control group that was delegated to it, and a task whose process leaves everything by which it could be known. */
@NeedsProgram({"setsid", "env"})
class GroupedProcessesIT extends ProcessCase {

    private Path given;

    private void delegate() throws IOException {
        Path mounts = Path.of("/proc/self/mounts");
        assumeTrue(Files.exists(mounts), "this system shows no control groups");
        List<String> found;
        try (Stream<String> lines = Files.lines(mounts)) {
            found = lines.map(line -> line.split(" ", -1))
                    .filter(parts -> parts[2].equals("cgroup2"))
                    .map(parts -> parts[1])
                    .toList();
        }
        assumeTrue(!found.isEmpty(), "this system has no control groups of version 2");
        Path group = Path.of(found.get(0), "pawl-it-" + UUID.randomUUID());
        try {
            given = Files.createDirectory(group);
            UserDefinedFileAttributeView view = Files.getFileAttributeView(given, UserDefinedFileAttributeView.class);
            view.write("delegate", StandardCharsets.US_ASCII.encode("1")); // as systemd does it
        } catch (IOException e) {
            abort("this machine lets its user make no control groups of version 2: " + e.getMessage());
        }
        Files.writeString(given.resolve("cgroup.procs"), String.valueOf(server.pid()), StandardOpenOption.WRITE);
    }

    @AfterEach
    void removeTheGroup() throws IOException {
        if (given == null) {
            return;
        }
        server.close();
        Files.writeString(given.resolve("cgroup.kill"), "1", StandardOpenOption.WRITE);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        boolean gone = false;
        while (!gone && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            try (Stream<Path> groups = Files.walk(given)) {
                for (Path group : groups.filter(Files::isDirectory)
                        .sorted((one, other) -> other.compareTo(one))
                        .toList()) {
                    Files.delete(group);
                }
                gone = true;
            } catch (IOException busy) {
                gone = !Files.exists(given);
            }
        }
        assertTrue(gone, given + " stays");
    }

    private static long sleepers(String seconds) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().arguments().stream()
                        .anyMatch(arguments -> List.of(arguments).equals(List.of(seconds))))
                .count();
    }

    @Test
    void whatForgotItsMarkAndItsSessionEndsWithItsTaskAndWithTheServer() throws IOException {
        delegate();
        String seconds = "4" + Math.abs(UUID.randomUUID().getLeastSignificantBits() % 100_000_000);
        install(FolderModule.shell(
                folder,
                "shell",
                "env -i setsid sleep " + seconds + " &\npawl-task emit '{\"n\": 1}'\nsleep \"$PAWL_INPUT_TO\"\n"));
        assertEquals("completed ", ended(api.start("shell", Map.of("to", 0))));
        Eventually.eventually("it ends with its task", Duration.ofSeconds(20), () -> sleepers(seconds) == 0);
        Eventually.eventually("the health says so", Duration.ofSeconds(60), () -> api.get("/status/health")
                .expect(200)
                .toString()
                .contains("Processes of tasks are ended by control groups"));
        String job = api.start("shell", Map.of("to", 600));
        Eventually.eventually(
                "it runs",
                Duration.ofSeconds(60),
                () -> sleepers(seconds) == 1 && !api.results(job).isEmpty());
        server.kill();
        Eventually.eventually("it ends with the server", Duration.ofSeconds(20), () -> sleepers(seconds) == 0);
    }
}
