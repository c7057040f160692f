package dev.pawl.cli.develop;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A mistake in a project, or a warning.
 *
 * @param isError whether it keeps the module from being built
 * @param file where it is; null when nothing says it
 * @param line the line, from 1; 0 when nothing says it
 * @param column the column, from 1; 0 for the first that is not blank
 * @param message what it is, one line or several
 */
record Problem(boolean isError, @Nullable Path file, long line, long column, String message) {

    /** A mistake of which no place is known. */
    static Problem error(String message) {
        return new Problem(true, null, 0, 0, message);
    }

    /** A warning of which no place is known. */
    static Problem warning(String message) {
        return new Problem(false, null, 0, 0, message);
    }
}
