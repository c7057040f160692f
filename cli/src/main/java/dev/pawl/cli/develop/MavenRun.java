package dev.pawl.cli.develop;

import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.Screen;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs Maven in a project, as its user would. It ends with {@link #close}, from whichever thread. */
final class MavenRun implements AutoCloseable {

    private static final int LONGEST = 2_000;
    private static final String ERROR = "[ERROR] ";
    private static final String WARNING = "[WARNING] ";

    /** A place in the way of javac: {@code /a/B.java:[3,14] text}. */
    private static final Pattern OF_JAVAC = Pattern.compile("(/[^\\[\\]]+):\\[(\\d+),(\\d+)\\] (.*)");

    /** A place in the way of Kotlin: {@code file:///a/B.kt:3:14 text}, with or without the scheme. */
    private static final Pattern OF_KOTLIN = Pattern.compile("(?:file://)?(/[^:]+\\.kts?):(\\d+):(\\d+):? (.*)");

    /** The lines in which Maven speaks of itself. */
    private static final Pattern OF_MAVEN = Pattern.compile(
            "COMPILATION ERROR :.*|(?:-> )?\\[Help \\d+\\].*|To see the full stack trace.*|Re-run Maven.*|For more information.*|-> .*"
                    + "|\\d+ errors?|");

    private static final Pattern SUMMARY = Pattern.compile("Failed to execute goal .*|The build could not read .*");

    private final Path project;
    private final Map<String, String> environment;
    private final Screen screen;
    private final AtomicReference<@Nullable Process> running = new AtomicReference<>();
    private volatile boolean closed;

    MavenRun(Path project, Invocation invocation) {
        this.project = project;
        this.environment = invocation.environment();
        this.screen = invocation.screen();
    }

    /** Runs these phases; returns what was wrong, with warnings only when something was. */
    List<Problem> run(String... arguments) throws IOException, InterruptedException {
        Optional<Path> maven = command();
        if (maven.isEmpty()) {
            return List.of(Problem.error(
                    "Maven tells how the project is built, and there is neither an mvnw in it nor an mvn on the"
                            + " PATH. Install Maven 3.8.7 or newer."));
        }
        List<String> line = new ArrayList<>(List.of(maven.get().toString(), "-B", "-ntp", "-q", "-Dstyle.color=never"));
        line.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(line).directory(project.toFile()).redirectErrorStream(true);
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        screen.passing(screen.paint(Colour.DIM, "Maven builds the project …"));
        Process process = builder.start();
        running.set(process);
        try {
            if (closed) {
                end(process);
            }
            Lines said = read(process);
            return process.waitFor() == 0 ? List.of() : said.problems();
        } finally {
            running.set(null);
            screen.clear();
        }
    }

    private Optional<Path> command() {
        return Stream.concat(
                        Stream.of(project.resolve("mvnw")),
                        Stream.of(environment.getOrDefault("PATH", "").split(java.io.File.pathSeparator, -1))
                                .filter(folder -> !folder.isEmpty())
                                .map(folder -> Path.of(folder).resolve("mvn")))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    private static Lines read(Process process) throws IOException {
        Lines lines = new Lines(new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>());
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            while (line != null) {
                lines.add(line);
                line = reader.readLine();
            }
        }
        return lines;
    }

    /** The lines of Maven that matter, each once: it repeats what its plugins said. */
    private record Lines(Map<String, Problem> said, Map<String, Problem> summaries, List<String> others) {

        void add(String line) {
            if (line.startsWith(ERROR)) {
                add(line.substring(ERROR.length()).strip(), true);
            } else if (line.startsWith(WARNING)) {
                add(line.substring(WARNING.length()).strip(), false);
            } else if (others.size() < 10 && !line.isBlank()) {
                others.add(line);
            }
        }

        private void add(String given, boolean isError) {
            String text = given.length() > LONGEST ? given.substring(0, LONGEST) + "…" : given;
            if (OF_MAVEN.matcher(text).matches() || said.size() > 100) {
                return;
            }
            if (SUMMARY.matcher(text).matches()) {
                summaries.put(text, new Problem(isError, null, 0, 0, text.replaceFirst(" -> \\[Help \\d+\\]$", "")));
                return;
            }
            said.put(text, placed(text, isError));
        }

        private static Problem placed(String text, boolean isError) {
            for (Pattern pattern : List.of(OF_JAVAC, OF_KOTLIN)) {
                Matcher found = pattern.matcher(text);
                if (found.matches()) {
                    return new Problem(
                            isError,
                            Path.of(found.group(1)),
                            Long.parseLong(found.group(2)),
                            Long.parseLong(found.group(3)),
                            found.group(4));
                }
            }
            return new Problem(isError, null, 0, 0, text);
        }

        List<Problem> problems() {
            if (said.values().stream().anyMatch(Problem::isError)) {
                return List.copyOf(said.values());
            }
            return summaries.isEmpty()
                    ? List.of(Problem.error("Maven failed; `mvn verify` may say more.\n" + String.join("\n", others)))
                    : List.copyOf(summaries.values());
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    @Override
    public void close() {
        closed = true;
        Process process = running.get();
        if (process != null) {
            end(process);
        }
    }
}
