package dev.pawl.it.authors;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.it.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An author edits a module while {@code pawl module dev} runs it. */
class ModuleDevIT {

    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String SOURCE = "src/main/java/com/example/greeter/GreeterModule.java";
    private static final String COMPONENT = "@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)\n";

    @TempDir
    static Path folder;

    private static LocalRepository repository;

    @BeforeAll
    static void begin() throws Exception {
        repository = LocalRepository.in(folder.resolve("repository"));
    }

    @Test
    void eachEditIsRunAtOnceAndWhatIsWrongStaysOut() throws Exception {
        AuthorProject project =
                AuthorProject.make(Files.createDirectory(folder.resolve("alone")), repository, "greeter");
        Path scratch = Files.createDirectory(folder.resolve("scratch"));
        Path recording = folder.resolve("dev.jfr");
        String sound = project.read(SOURCE);
        try (Dev dev = Dev.start(
                project,
                "-XX:StartFlightRecording:filename=" + recording + " -Djava.io.tmpdir=" + scratch,
                List.of("--temporary", "-i", "name=Ada"))) {
            dev.awaits("completed in", 1);
            assertTrue(dev.said().contains("with a temporary server at http://127.0.0.1:"), dev.said());

            for (int edit = 1; edit <= 5; edit++) {
                renamed(project, sound.replace("\"Step \"", "\"Edit " + edit + ", step \""));
                dev.awaits("Edit " + edit + ", step 3 of 3", 1);
                dev.awaits("completed in", edit + 1); // a job that has not ended is stopped by the next edit
            }
            assertTrue(dev.said().contains("after it was saved (compiled in "), dev.said());

            renamed(project, sound.replace("int steps = inputs.count();", "int steps = inputs.count()"));
            dev.awaits("Not swapped; the version before stays.", 1);
            assertTrue(
                    dev.said()
                            .contains("Error: " + SOURCE + ":30: ';' expected\n            int steps = "
                                    + "inputs.count()\n"
                                    + " ".repeat(12 + "int steps = inputs.count()".length()) + "^\n"),
                    dev.said());
            assertFalse(dev.said().contains("\u001b["), "colours, and no terminal");

            renamed(project, sound.replace(COMPONENT, ""));
            dev.awaits("GreeterModule has @AutomationModule and is no component", 1);

            Files.delete(project.folder().resolve(SOURCE));
            dev.awaits("There is no source in src/main/java.", 1);

            renamed(project, sound.replace("int steps = inputs.count();", "int steps = 1 / 0;"));
            dev.awaits(
                    "Error: " + SOURCE
                            + ":30: java.lang.ArithmeticException: / by zero\n            int steps = 1 / 0;\n            ^\n",
                    1);

            String pom = project.read("pom.xml");
            project.write("pom.xml", pom.replace("</project>", "<project>"));
            dev.awaits("Not swapped; the version before stays.", 4);
            assertTrue(dev.said().contains("pom.xml"), dev.said());
            renamed(project, sound.replace("\"Step \"", "\"Mended \""));
            project.write("pom.xml", pom);
            dev.awaits("Mended 3 of 3", 1);

            assertEquals(143, dev.end(), dev.said());
        }
        try (Stream<Path> left = Files.list(scratch)) {
            assertEquals(List.of(), left.toList());
        }
        List<String> processes = new ArrayList<>(started(recording));
        processes.remove("uname -o"); // SQLite's driver asks once where it is
        assertTrue(processes.stream().allMatch(command -> command.contains("mvn")), processes::toString);
        assertTrue(processes.size() <= 4, processes::toString); // at first, and for the POM
    }

    @Test
    void aServerThatGoesAndComesBackGetsTheLatestVersion() throws Exception {
        AuthorProject project =
                AuthorProject.make(Files.createDirectory(folder.resolve("beside")), repository, "greeter");
        String sound = project.read(SOURCE);
        Path data = folder.resolve("data");
        Server first = Server.start(data);
        try (Dev dev = Dev.start(project, "", List.of("--data-dir", data.toString(), "-i", "name=Ada"))) {
            dev.awaits("completed in", 1);
            assertTrue(dev.said().contains("with the server at " + first.url()), dev.said());

            first.close();
            renamed(project, sound.replace("\"Step \"", "\"While it is gone \""));
            dev.awaits("The server is gone; waiting for it to come back", 1);
            try (Server second = Server.start(data)) {
                dev.awaits("While it is gone 3 of 3", 1);
                assertEquals(
                        "1.0.0",
                        second.api()
                                .get("/modules/greeter")
                                .expect(200)
                                .get("version")
                                .asText());
            }
            dev.end();
        } finally {
            first.close();
        }
        assertEquals("{\"module\":\"greeter\",\"inputs\":{\"name\":\"Ada\"}}\n", project.read(".mvn/pawl-dev.json"));
    }

    /** Writes the module as many editors do: another file is renamed over it. */
    private static void renamed(AuthorProject project, String text) throws IOException {
        project.write(SOURCE + "~", text);
        Files.move(
                project.folder().resolve(SOURCE + "~"),
                project.folder().resolve(SOURCE),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
    }

    /** The commands of all processes that were started. */
    private static List<String> started(Path recording) throws IOException {
        List<String> commands = new ArrayList<>();
        for (RecordedEvent event : RecordingFile.readAllEvents(recording)) {
            if (event.getEventType().getName().equals("jdk.ProcessStart")) {
                commands.add(event.getString("command"));
            }
        }
        return commands;
    }

    /** A running {@code pawl module dev}. */
    private record Dev(Process process, Path output) implements AutoCloseable {

        static Dev start(AuthorProject project, String javaOptions, List<String> options) throws IOException {
            project.write(".mvn/maven.config", project.read(".mvn/maven.config") + "-o\n");
            List<String> arguments =
                    new ArrayList<>(List.of("module", "dev", project.folder().toString()));
            arguments.addAll(options);
            ProcessBuilder builder = Server.command(project.folder().resolveSibling("none"), JAVA_HOME, arguments);
            Map<String, String> environment = builder.environment();
            environment.merge("PAWL_JAVA_OPTS", javaOptions, (tests, own) -> tests + " " + own);
            environment.put(
                    "MAVEN_OPTS", "-Dmaven.repo.local=" + project.repository().folder());
            environment.put(
                    "PATH",
                    System.getProperty("pawl.maven.home") + "/bin:"
                            + System.getenv().get("PATH"));
            Path output = project.folder().resolveSibling("dev.log");
            return new Dev(
                    builder.redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start(),
                    output);
        }

        String said() throws IOException {
            return Files.readString(output);
        }

        /** Waits until it has said something so many times. */
        void awaits(String text, int times) {
            eventually(PATIENCE, () -> {
                String said = said();
                assertTrue(
                        said.split(java.util.regex.Pattern.quote(text), -1).length > times,
                        "\"" + text + "\" is missing in:\n" + said);
            });
        }

        /** Ends it by SIGTERM, which a JVM takes as it takes Ctrl-C; that one is ignored below a build in the background. */
        int end() throws Exception {
            List<ProcessHandle> below = process.descendants().toList();
            process.destroy();
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), said());
            assertEquals(
                    List.of(), below.stream().filter(ProcessHandle::isAlive).toList());
            return process.exitValue();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
