package dev.pawl.store.kit;

import org.jspecify.annotations.Nullable;

/**
 * The limits of a job's log.
 *
 * @param lines the most lines
 * @param size the most characters of all lines together
 */
public record LogLimits(int lines, long size) {

    private static final long MB = 1024 * 1024;

    public static final LogLimits DEFAULT = new LogLimits(100_000, 50 * MB);

    /** The properties of the framework. */
    @FunctionalInterface
    public interface Properties {
        /** The text of one; null when it is not set. */
        @Nullable
        String of(String name);
    }

    /** Reads the framework's properties, with their defaults. */
    public static LogLimits of(Properties properties) {
        return new LogLimits(
                number(properties, "pawl.log.max.lines", DEFAULT.lines()),
                number(properties, "pawl.log.max.mb", (int) (DEFAULT.size() / MB)) * MB);
    }

    private static int number(Properties properties, String name, int otherwise) {
        String text = properties.of(name);
        return text == null || text.isBlank() ? otherwise : Integer.parseInt(text);
    }

    /** Whether a log of this many lines and characters is too long. */
    public boolean areExceeded(long lines, long size) {
        return lines > this.lines || size > this.size;
    }

    /** The line that stands for those that were dropped. */
    public String note(long dropped) {
        return (dropped + 1) + " earlier lines were dropped: a log keeps its last " + lines + " lines and " + size
                + " characters.";
    }
}
