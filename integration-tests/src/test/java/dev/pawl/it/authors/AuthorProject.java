package dev.pawl.it.authors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.it.server.Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The project of a module's author, made and built by the commands that an author types.
 *
 * @param folder the project's folder
 * @param repository the author's local Maven repository
 */
record AuthorProject(Path folder, LocalRepository repository) {

    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    /** The exit code of a command, and what it printed. */
    record Said(int code, String text) {
        Said succeeded() {
            assertEquals(0, code, text);
            return this;
        }
    }

    /** Runs {@code pawl module new}. */
    static AuthorProject make(Path parent, LocalRepository repository, String name, String... options)
            throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("module", "new", parent.resolve(name).toString(), "--no-interactive"));
        arguments.addAll(List.of(options));
        said(Server.command(parent.resolve("data"), JAVA_HOME, arguments)).succeeded();
        return new AuthorProject(parent.resolve(name), repository);
    }

    /** Runs {@code pawl}, for which no server runs. */
    Said pawl(String... arguments) throws Exception {
        return said(Server.command(folder.resolveSibling("none"), JAVA_HOME, List.of(arguments)));
    }

    /** Runs Maven in the project, which reaches nothing but the two repositories. */
    Said mvn(String... arguments) throws Exception {
        return mvn(List.of("-o"), arguments);
    }

    /** Runs Maven in the project, which may fetch from Maven Central what is not there. */
    Said mvnOnline(String... arguments) throws Exception {
        return mvn(List.of("-ntp"), arguments);
    }

    private Said mvn(List<String> network, String... arguments) throws Exception {
        List<String> line = new ArrayList<>(List.of(
                System.getProperty("pawl.maven.home") + "/bin/mvn",
                "-B",
                "-Dstyle.color=never",
                "-Dmaven.repo.local=" + repository.folder()));
        line.addAll(network);
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
        builder.environment().put("JAVA_HOME", JAVA_HOME.toString());
        builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1");
        return said(builder);
    }

    private static Said said(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }

    /** Changes one of its files. */
    void replace(String file, String text, String by) throws IOException {
        String former = read(file);
        if (!former.contains(text)) {
            throw new AssertionError(file + " does not contain " + text + ": " + former);
        }
        write(file, former.replace(text, by));
    }

    String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    void write(String file, String text) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), text);
    }

    Path jar() {
        return folder.resolve("target/" + folder.getFileName() + "-1.0.0.jar");
    }
}
