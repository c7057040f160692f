package dev.pawl.deploy;

import dev.pawl.api.problem.IoReason;
import dev.pawl.api.problem.ProblemCode;
import dev.pawl.api.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the jar to install when somebody names a place on the server's disk: a jar, or a folder it was built in. */
final class SourceFolder {

    private SourceFolder() {}

    /** The jar itself, or the one module jar in the folder or else in its {@code target/}. */
    static Path jarIn(Path source) {
        if (!source.isAbsolute()) {
            throw new ProblemException(ProblemCode.MALFORMED, "The path " + source + " is not absolute.");
        }
        if (Files.isRegularFile(source)) {
            return source;
        }
        if (!Files.isDirectory(source)) {
            throw new ProblemException(
                    ProblemCode.MALFORMED, "There is no file or folder " + source + " on the server.");
        }
        List<Path> found = moduleJars(source);
        if (found.isEmpty()) {
            found = moduleJars(source.resolve("target"));
        }
        if (found.size() > 1) {
            throw new ProblemException(
                    ProblemCode.MALFORMED, "The folder " + source + " holds more than one module jar: " + found + ".");
        }
        return found.stream()
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.NO_MODULE_INSIDE,
                        "The folder " + source + " holds no module jar, neither itself nor in target/."));
    }

    /** The files of a folder that end with {@code .jar} and are not hidden, in the order of their names. */
    static List<Path> jars(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> isJar(file.getFileName().toString()))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.SOURCE_UNREADABLE,
                    "The folder " + folder + " cannot be read: " + IoReason.of(e) + ".",
                    e);
        }
    }

    /** Whether a file of that name is looked at: others are still being written, or none of our business. */
    static boolean isJar(String name) {
        return name.endsWith(".jar") && !name.startsWith(".");
    }

    private static List<Path> moduleJars(Path folder) {
        return jars(folder).stream().filter(SourceFolder::isModule).toList();
    }

    private static boolean isModule(Path jar) {
        try {
            ModuleJar.read(jar);
            return true;
        } catch (ProblemException e) {
            return false;
        }
    }
}
