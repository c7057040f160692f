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

/** Finds what to install for a path on the server's disk: a jar or archive, a module's folder, or the folder in which a jar was built. */
public final class SourceFolder {

    private SourceFolder() {}

    /** The file itself, or the only module jar in the folder, or else in its {@code target/}, or else the folder when it holds a module.json. */
    public static Path moduleIn(Path source) {
        if (!source.isAbsolute()) {
            throw new ProblemException(ProblemCode.MALFORMED, "The path " + source + " is not absolute.");
        }
        if (Files.isRegularFile(source)) {
            return source;
        }
        if (!Files.isDirectory(source)) {
            throw new ProblemException(
                    ProblemCode.MALFORMED, "The file or folder " + source + " does not exist on the server.");
        }
        List<Path> found = moduleJars(source);
        if (found.isEmpty()) {
            found = moduleJars(source.resolve("target"));
        }
        if (found.size() > 1) {
            throw new ProblemException(
                    ProblemCode.MALFORMED,
                    "The folder " + source + " contains more than one module jar: " + found + ".");
        }
        if (found.isEmpty() && Files.isRegularFile(source.resolve("module.json"))) {
            return source;
        }
        return found.stream()
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.NO_MODULE_INSIDE,
                        "The folder " + source
                                + " contains no module.json and no module jar, neither directly nor in target/."));
    }

    /** The jars of a folder: files that end with {@code .jar} and are not hidden, in the order of their names. */
    public static List<Path> jars(Path folder) {
        return named(folder).stream().filter(file -> notAJar(file).isEmpty()).toList();
    }

    /** The jars of a folder, and everything else that is named like one. */
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

    /** Whether a file of that name counts as a jar: others are still being written, or are not meant for the server. */
    public static boolean isJar(Path name) {
        String text = name.toString();
        return text.endsWith(".jar") && !text.startsWith(".");
    }

    /** The reason why a path cannot be a jar to install, whatever it contains; a sentence without the name. */
    public static Optional<String> notAJar(Path file) {
        String name = String.valueOf(file.getFileName());
        if (name.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("Its name contains a control character; rename it.");
        }
        if (!resolve(file.toAbsolutePath().getParent(), name).equals(Optional.of(file.toAbsolutePath()))) {
            return Optional.of("Its name is not valid in the character set of this system (UTF-8); rename it.");
        }
        if (Files.isRegularFile(file)) {
            return Optional.empty();
        }
        if (Files.isDirectory(file)) {
            return Optional.of("It is a folder, not a file.");
        }
        if (Files.isSymbolicLink(file) && !Files.exists(file)) {
            return Optional.of("It is a link to a file that does not exist.");
        }
        return Files.exists(file) ? Optional.of("It is a pipe, socket or device, not a file.") : Optional.empty();
    }

    /** The file of that name; empty when this system cannot have one, such as a name recorded under another character set. */
    public static Optional<Path> resolve(@Nullable Path folder, String name) {
        try {
            return Optional.of(folder == null ? Path.of(name) : folder.resolve(name));
        } catch (InvalidPathException invalid) {
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
