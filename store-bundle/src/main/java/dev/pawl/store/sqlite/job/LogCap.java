package dev.pawl.store.sqlite.job;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How long a job's log may become; the oldest lines go first.
 *
 * @param lines the most lines
 * @param size the most characters, all lines together
 */
public record LogCap(int lines, long size) {

    private static final long MB = 1024 * 1024;

    public static final LogCap DEFAULT = new LogCap(100_000, 50 * MB);

    /** Reads the framework's properties, with their defaults. */
    public static LogCap of(Function<String, @Nullable String> properties) {
        return new LogCap(
                number(properties, "pawl.log.max.lines", DEFAULT.lines()),
                number(properties, "pawl.log.max.mb", (int) (DEFAULT.size() / MB)) * MB);
    }

    private static int number(Function<String, @Nullable String> properties, String name, int otherwise) {
        String text = properties.apply(name);
        return text == null || text.isBlank() ? otherwise : Integer.parseInt(text);
    }
}
