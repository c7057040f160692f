package dev.pawl.store.postgres.engine;

import org.jspecify.annotations.Nullable;

/**
 * Texts as PostgreSQL keeps them. It refuses U+0000, which would fail a whole group, and its driver replaces half of a surrogate pair by a
 * question mark. Each of these is written as U+FFFF, which no text that means something has, and four hexadecimal digits; so is U+FFFF itself.
 */
public final class PgText {

    private static final char MARK = '\uFFFF';
    private static final int DIGITS = 4;
    private static final int RADIX = 16;

    private PgText() {}

    /** The form of a column. */
    public static @Nullable String kept(@Nullable String text) {
        if (text == null) {
            return null;
        }
        int first = firstRefused(text, 0);
        if (first < 0) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length() + RADIX);
        int from = 0;
        for (int at = first; at >= 0; at = firstRefused(text, from)) {
            kept.append(text, from, at).append(MARK);
            String digits = Integer.toHexString(text.charAt(at));
            kept.append("0".repeat(DIGITS - digits.length())).append(digits);
            from = at + 1;
        }
        return kept.append(text, from, text.length()).toString();
    }

    /** The text of a column's form. */
    public static @Nullable String read(@Nullable String kept) {
        if (kept == null || kept.indexOf(MARK) < 0) {
            return kept;
        }
        StringBuilder text = new StringBuilder(kept.length());
        int from = 0;
        for (int at = kept.indexOf(MARK); at >= 0; at = kept.indexOf(MARK, from)) {
            text.append(kept, from, at).append((char) Integer.parseInt(kept, at + 1, at + 1 + DIGITS, RADIX));
            from = at + 1 + DIGITS;
        }
        return text.append(kept, from, kept.length()).toString();
    }

    private static int firstRefused(String text, int from) {
        for (int at = from; at < text.length(); at++) {
            char unit = text.charAt(at);
            if (unit == 0 || unit == MARK) {
                return at;
            }
            if (Character.isSurrogate(unit)) {
                boolean pair = Character.isHighSurrogate(unit)
                        && at + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(at + 1));
                if (!pair) {
                    return at;
                }
                at++;
            }
        }
        return -1;
    }
}
