package dev.pawl.samples.command;

import dev.pawl.api.module.ValidationException;
import dev.pawl.process.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The programs that an admin has allowed. A program is known by its name in the real path of its folder: links to folders are followed, but the
 * last name is not, since a program such as busybox is many programs by its name.
 */
record AllowedPrograms(List<String> allowed) {

    private static final String HOW = "An admin allows it by the setting allowed_programs of the module command,"
            + " such as: pawl module settings command -s 'allowed_programs=[\"%s\"]'.";

    /**
     * Finds a program.
     *
     * @param program a name on the PATH or an absolute path
     * @throws ValidationException when it is not there or not allowed
     */
    Path find(String program) throws ValidationException {
        Path found = located(program)
                .orElseThrow(
                        () -> new ValidationException(
                                "program is \"" + program
                                        + "\", which is neither a program on the server's PATH nor the absolute path of an executable file."));
        Path place = place(found);
        if (place != null) {
            for (String each : allowed) {
                if (allows(each, place)) {
                    return place;
                }
            }
        }
        throw new ValidationException("program is \"" + program + "\", which is not allowed. " + HOW.formatted(found));
    }

    private static boolean allows(String each, Path place) {
        if (each.endsWith("/")) {
            Path folder = parsed(each).map(AllowedPrograms::real).orElse(null);
            return folder != null && folder.equals(place.getParent());
        }
        return located(each).map(AllowedPrograms::place).filter(place::equals).isPresent();
    }

    private static Optional<Path> located(String program) {
        return program.indexOf('/') < 0
                ? program.isBlank() ? Optional.empty() : parsed(program).flatMap(name -> Tool.onPath(name.toString()))
                : parsed(program)
                        .filter(path -> path.isAbsolute() && Files.isRegularFile(path) && Files.isExecutable(path));
    }

    private static Optional<Path> parsed(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException malformed) {
            return Optional.empty();
        }
    }

    private static @Nullable Path place(Path program) {
        Path folder = program.getParent();
        Path name = program.getFileName();
        Path realFolder = folder == null ? null : real(folder);
        return realFolder == null || name == null || name.toString().equals("..") ? null : realFolder.resolve(name);
    }

    private static @Nullable Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException gone) {
            return null;
        }
    }
}
