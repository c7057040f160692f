package dev.pawl.scheduler.schema;

import dev.pawl.api.module.Bounds;
import dev.pawl.service.data.JsonLimits;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A range of numbers, both ends included, with every digit.
 *
 * @param min the least number, without needless zeros; null when there is none
 * @param max the greatest number, likewise
 */
record Range(@Nullable BigDecimal min, @Nullable BigDecimal max) {

    /** Every number. */
    static final Range ALL = new Range(null, null);

    Range {
        min = plain(min);
        max = plain(max);
    }

    /**
     * The range that an annotation says; every number when there is no annotation.
     *
     * @throws IllegalArgumentException when an end is given twice, or is no number
     */
    static Range of(@Nullable Bounds bounds) {
        return bounds == null
                ? ALL
                : new Range(
                        end("min", bounds.min(), Long.MIN_VALUE, bounds.decimalMin()),
                        end("max", bounds.max(), Long.MAX_VALUE, bounds.decimalMax()));
    }

    private static @Nullable BigDecimal end(String name, long number, long none, String text) {
        if (text.isEmpty()) {
            return number == none ? null : BigDecimal.valueOf(number);
        }
        if (number != none) {
            throw new IllegalArgumentException(
                    "@Bounds has " + name + " twice, as " + number + " and as \"" + text + "\"; give one of them.");
        }
        BigDecimal decimal = JsonLimits.number(text);
        if (decimal == null) {
            throw new IllegalArgumentException("@Bounds has \"" + text + "\" for " + name + "; it takes a number.");
        }
        return decimal;
    }

    boolean contains(BigDecimal number) {
        return (min == null || number.compareTo(min) >= 0) && (max == null || number.compareTo(max) <= 0);
    }

    /** The range in words, such as " from 1 to 10", with a blank before it; empty when there is no bound. */
    String words(String unit) {
        if (min != null && max != null) {
            return " from " + min.toPlainString() + " to " + max.toPlainString() + unit;
        }
        return min != null
                ? " from " + min.toPlainString() + unit
                : max != null ? " up to " + max.toPlainString() + unit : "";
    }

    /** The number without exponent and needless zeros. */
    private static @Nullable BigDecimal plain(@Nullable BigDecimal number) {
        if (number == null) {
            return null;
        }
        BigDecimal exact = number.stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0) : exact;
    }
}
