package dev.pawl.service.data;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The limits of every JSON value, whichever way it comes in: inputs, settings, checkpoints, results, progress and documents, from
 * clients and from modules. Whatever keeps to them can be kept, given out and read again, and costs no more than its text is long.
 */
public final class JsonLimits {

    /** How many objects and lists may lie in each other. */
    public static final int DEEPEST = 100;

    /** How many characters the name of a member may have. */
    public static final int LONGEST_NAME = 1_000;

    /** How many digits a number may have, written without an exponent: before the point, and behind it. */
    public static final int MOST_DIGITS = 1_000;

    /** The most bytes, as JSON, of a result, a checkpoint, a document, the inputs of a job's tasks together, or settings. */
    public static final int MOST_BYTES = 1 << 20;

    /** The most bytes, as JSON, of what a task or worker says beside its progress. */
    public static final int MOST_INFO_BYTES = 16 * 1024;

    private static final int ESCAPED_BYTES = 6;
    private static final int PAIR_BYTES = 4;

    private JsonLimits() {}

    /**
     * How many bytes a value of maps, lists, texts, numbers, booleans and null takes as JSON in UTF-8, without blanks. Nothing is written
     * for it.
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

    /** The info kept in place of one that is too large: it says how large that was. */
    public static Map<String, Object> leftOut(long bytes) {
        return Map.of(
                "left_out",
                String.format(Locale.ROOT, "info of %,d bytes; at most %,d are kept", bytes, MOST_INFO_BYTES));
    }

    /** With the quotation marks. */
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

    /** Whether the number has no more digits than {@link #MOST_DIGITS}; takes the same short time for any number. */
    public static boolean fits(BigDecimal number) {
        long scale = number.scale();
        return scale <= MOST_DIGITS && number.precision() <= MOST_DIGITS && number.precision() - scale <= MOST_DIGITS;
    }

    /**
     * The number in the text, with every digit; null when it spells none, or one that does not {@linkplain #fits fit}.
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

    /** Whether the text holds half of a surrogate pair, which is no character and cannot be written as UTF-8. */
    public static boolean hasHalfCharacter(String text) {
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
