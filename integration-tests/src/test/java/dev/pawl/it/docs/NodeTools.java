package dev.pawl.it.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The tools of src/test/node, in the versions of their lock file, in a folder of the build. */
final class NodeTools {

    private static final long LIMIT_SECONDS = 120;

    /** The exit code of a tool that did not end, and was ended. */
    private static final int NO_END = -1;

    private final Path folder;

    private NodeTools(Path folder) {
        this.folder = folder;
    }

    /** Installs the tools; the test is skipped where npm cannot get them. */
    static NodeTools in(Path folder) throws IOException, InterruptedException {
        Path sources = Path.of("src/test/node").toAbsolutePath();
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(sources)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        NodeTools tools = new NodeTools(folder);
        Outcome installed = tools.start(
                List.of(
                        "npm",
                        "ci",
                        "--ignore-scripts",
                        "--no-audit",
                        "--no-fund",
                        "--prefer-offline",
                        "--fetch-retries=1",
                        "--fetch-retry-maxtimeout=10000",
                        "--fetch-timeout=30000"),
                Map.of());
        // A machine that npm cannot get packages on is no fault of the build, unlike a program that could have been
        // installed.
        Assumptions.assumeTrue(
                installed.code() == 0, () -> "no packages for src/test/node; npm said: " + installed.said());
        return tools;
    }

    Path folder() {
        return folder;
    }

    /** Runs one of the installed tools, which must succeed; returns what it said. */
    String run(String tool, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(folder.resolve("node_modules/.bin").resolve(tool).toString());
        command.addAll(List.of(arguments));
        return succeed(command, Map.of());
    }

    /** Runs a script with node, which must succeed; returns what it said. */
    String node(Path script, Map<String, String> environment) throws IOException, InterruptedException {
        return succeed(List.of("node", script.toString()), environment);
    }

    private String succeed(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        Outcome outcome = start(command, environment);
        assertEquals(0, outcome.code(), () -> command + " said:\n" + outcome.said());
        return outcome.said();
    }

    private record Outcome(int code, String said) {}

    private Outcome start(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path said = folder.resolve("said.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().putAll(Map.of("REDOCLY_TELEMETRY", "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE", "true"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            return ended
                    ? new Outcome(process.exitValue(), Files.readString(said))
                    : new Outcome(NO_END, command + " did not end");
        } finally {
            process.destroyForcibly();
        }
    }
}
