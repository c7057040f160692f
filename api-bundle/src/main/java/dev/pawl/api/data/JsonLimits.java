package dev.pawl.api.data;

import java.math.BigDecimal;
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

    private JsonLimits() {}

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
