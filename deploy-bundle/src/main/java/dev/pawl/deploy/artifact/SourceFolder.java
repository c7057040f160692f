package dev.pawl.deploy.artifact;

import dev.pawl.service.problem.IoReason;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the jar to install when somebody names a place on the server's disk: a jar, or a folder it was built in. */
public final class SourceFolder {

    private SourceFolder() {}

    /** The jar itself, or the one module jar in the folder or else in its {@code target/}. */
    public static Path jarIn(Path source) {
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
    public static List<Path> jars(Path folder) {
        return named(folder).stream().filter(file -> oddity(file).isEmpty()).toList();
    }

    /** The same with what is named like a jar and cannot be one. */
    public static List<Path> named(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> isJar(file.getFileName())).sorted().toList();
        } catch (UncheckedIOException e) {
            throw unreadable(folder, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static ProblemException unreadable(Path folder, IOException why) {
        return new ProblemException(
                ProblemCode.SOURCE_UNREADABLE,
                "The folder " + folder + " cannot be read: " + IoReason.of(why) + ".",
                why);
    }

    /** Whether a file of that name is looked at: others are still being written, or none of our business. */
    public static boolean isJar(Path name) {
        String text = name.toString();
        return text.endsWith(".jar") && !text.startsWith(".");
    }

    /** Why what lies there can be no jar to install, whatever is in it; a sentence without the name. */
    public static Optional<String> oddity(Path file) {
        String name = String.valueOf(file.getFileName());
        if (name.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("Its name holds a control character; give it another.");
        }
        if (!resolve(file.toAbsolutePath().getParent(), name).equals(Optional.of(file.toAbsolutePath()))) {
            return Optional.of("Its name is no text in the character set of this system (UTF-8); give it another.");
        }
        if (Files.isRegularFile(file)) {
            return Optional.empty();
        }
        if (Files.isDirectory(file)) {
            return Optional.of("It is a folder, not a file.");
        }
        if (Files.isSymbolicLink(file) && !Files.exists(file)) {
            return Optional.of("It is a link that leads to no file.");
        }
        return Files.exists(file) ? Optional.of("It is a pipe, socket or device, not a file.") : Optional.empty();
    }

    /** The file of that name; empty when this system can have none, such as one that was noted under another character set. */
    public static Optional<Path> resolve(@Nullable Path folder, String name) {
        try {
            return Optional.of(folder == null ? Path.of(name) : folder.resolve(name));
        } catch (InvalidPathException cannotBe) {
            return Optional.empty();
        }
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
