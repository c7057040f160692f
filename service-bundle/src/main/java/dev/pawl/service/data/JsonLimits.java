package dev.pawl.service.data;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The limits of every JSON value, from clients and from modules alike: inputs, settings, checkpoints, results, progress and documents. A
 * value within them can be stored, returned and read again at a cost that is linear in the length of its text.
 */
public final class JsonLimits {

    /** The greatest depth of nested objects and lists. */
    public static final int DEEPEST = 100;

    /** The greatest length of a member's name, in characters. */
    public static final int LONGEST_NAME = 1_000;

    /** The most digits of a number, written without an exponent, on each side of the decimal point. */
    public static final int MOST_DIGITS = 1_000;

    /** The most bytes of JSON in a result, a checkpoint, a document, settings, or all inputs of a job's tasks together. */
    public static final int MOST_BYTES = 1 << 20;

    /** The most bytes of JSON in the info that a task or worker sends with its progress. */
    public static final int MOST_INFO_BYTES = 16 * 1024;

    private static final int ESCAPED_BYTES = 6;
    private static final int PAIR_BYTES = 4;

    private JsonLimits() {}

    /**
     * Computes the size in bytes of a value (maps, lists, texts, numbers, booleans, null) as compact JSON in UTF-8, without writing it.
     */
    public static long bytes(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            long bytes = Math.max(2, map.size() * 2L + 1); // brackets, colons and commas
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                bytes += bytesOf(String.valueOf(entry.getKey())) + bytes(entry.getValue());
            }
            return bytes;
        }
        if (value instanceof List<?> list) {
            long bytes = Math.max(2, list.size() + 1L);
            for (Object entry : list) {
                bytes += bytes(entry);
            }
            return bytes;
        }
        return value == null || value instanceof Number || value instanceof Boolean
                ? String.valueOf(value).length()
                : bytesOf(value.toString());
    }

    /** The replacement for an info that is too large; it states the size. */
    public static Map<String, Object> leftOut(long bytes) {
        return Map.of(
                "left_out",
                String.format(Locale.ROOT, "info of %,d bytes; at most %,d are kept", bytes, MOST_INFO_BYTES));
    }

    /** The size of a text as JSON, including the quotation marks. */
    private static long bytesOf(String text) {
        long bytes = 2;
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit == '"' || unit == '\\' || (unit >= '\b' && unit <= '\r' && unit != 0x0B)) {
                bytes += 2;
            } else if (unit < ' ') {
                bytes += ESCAPED_BYTES;
            } else if (Character.isHighSurrogate(unit)) {
                bytes += PAIR_BYTES;
                i++;
            } else {
                bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
            }
        }
        return bytes;
    }

    /** Whether the number has no more digits than {@link #MOST_DIGITS}; runs in constant time. */
    public static boolean fits(BigDecimal number) {
        long scale = number.scale();
        return scale <= MOST_DIGITS && number.precision() <= MOST_DIGITS && number.precision() - scale <= MOST_DIGITS;
    }

    /**
     * Parses a number without losing digits; null when the text is not a number, or one that does not {@linkplain #fits fit}.
     *
     * @param text such as {@code -12.50} or {@code 1e3}
     */
    public static @Nullable BigDecimal number(String text) {
        if (text.length() > MOST_DIGITS + 20) { // with sign, point and exponent
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(text);
            return fits(number) ? number : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Whether the text contains an unpaired surrogate, which cannot be encoded as UTF-8. */
    public static boolean hasUnpairedSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isHighSurrogate(unit)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(unit)) {
                return true;
            }
        }
        return false;
    }
}
