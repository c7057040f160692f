package dev.pawl.process;

import dev.pawl.api.module.ValidationException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A program that is installed on the machine.
 *
 * @param name the name by which people know it
 * @param path an absolute path
 */
public record Tool(String name, Path path) {

    /**
     * Finds a program.
     *
     * @param name its name on the PATH, which is also the name of the module's setting for its path
     * @param configured the value of that setting; null when it is not given
     * @param debianPackage the package that contains it
     * @throws ValidationException when it is not there, with a sentence that says what to install or to set
     */
    public static Tool find(String name, @Nullable String configured, String debianPackage) throws ValidationException {
        if (configured != null && !configured.isBlank()) {
            return configured(name, configured);
        }
        return onPath(name)
                .map(path -> new Tool(name, path))
                .orElseThrow(() -> new ValidationException("The program " + name
                        + " is not installed on this machine: install it (Debian: apt install " + debianPackage
                        + "), or give its path by the module's setting "
                        + name.replace('-', '_').toLowerCase(Locale.ROOT) + "."));
    }

    /** Looks for an executable file of that name in the folders of PATH. */
    public static Optional<Path> onPath(String name) {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(path)
                .filter(folder ->
                        folder.startsWith(File.separator)) // a relative one would depend on the working folder
                .map(folder -> Path.of(folder, name))
                .filter(Tool::isProgram)
                .findFirst();
    }

    private static Tool configured(String name, String configured) throws ValidationException {
        try {
            Path path = Path.of(configured);
            if (path.isAbsolute() && isProgram(path)) {
                return new Tool(name, path);
            }
        } catch (InvalidPathException malformed) {
            // is no program either
        }
        throw new ValidationException("The setting for the program " + name + " is \"" + configured
                + "\", which is not the absolute path of an executable file.");
    }

    private static boolean isProgram(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }
}
