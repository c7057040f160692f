package dev.pawl.service.job;

import dev.pawl.api.module.LogLevel;
import org.jspecify.annotations.Nullable;

/**
 * A selection of a job's log.
 *
 * @param after only lines with a greater sequence number, the first ones; null for the last ones
 * @param before only lines with a smaller sequence number; null for no limit
 * @param level only lines of this severity or a worse one; null for all
 * @param text only lines that contain this, whatever the case of the letters a to z; null for all
 * @param limit the greatest number of lines, 1 to {@value #MOST}
 */
public record LogFilter(
        @Nullable Long after,
        @Nullable Long before,
        @Nullable LogLevel level,
        @Nullable String text,
        int limit) {

    /** The greatest number of lines at once. */
    public static final int MOST = 10_000;

    public LogFilter {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit is " + limit + "; it takes 1 to " + MOST + ".");
        }
    }

    /** The last lines. */
    public static LogFilter last(int limit) {
        return new LogFilter(null, null, null, null, limit);
    }

    /** As many as there may be at once of those after a line, selected by the same content. */
    public LogFilter allAfter(long line) {
        return new LogFilter(line, null, level, text, MOST);
    }

    /** Whether it selects lines by what they say, and not only by their numbers. */
    public boolean isByContent() {
        return level != null || text != null;
    }

    /** Whether it lets a line through, whatever the limit. */
    public boolean includes(LogEntry line) {
        return (after == null || line.sequence() > after)
                && (before == null || line.sequence() < before)
                && matches(line);
    }

    /** Whether a line says what it selects by, whatever its number. */
    public boolean matches(LogEntry line) {
        return (level == null || line.level().compareTo(level) >= 0)
                && (text == null || lower(line.message()).contains(lower(text)));
    }

    private static String lower(String given) {
        StringBuilder lower = new StringBuilder(given);
        for (int i = 0; i < lower.length(); i++) {
            char letter = lower.charAt(i);
            if (letter >= 'A' && letter <= 'Z') {
                lower.setCharAt(i, (char) (letter - 'A' + 'a'));
            }
        }
        return lower.toString();
    }
}
