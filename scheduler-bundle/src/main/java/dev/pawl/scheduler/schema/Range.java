package dev.pawl.scheduler.schema;

import java.math.BigDecimal;

/** A range of numbers, in words. */
final class Range {

    private Range() {}

    /** Such as " from 1 to 10", with a blank before it; empty when there is no bound. */
    static String words(double min, double max, String unit) {
        boolean bottom = min != Double.NEGATIVE_INFINITY;
        boolean top = max != Double.POSITIVE_INFINITY;
        if (bottom && top) {
            return " from " + plain(min) + " to " + plain(max) + unit;
        }
        return bottom ? " from " + plain(min) + unit : top ? " up to " + plain(max) + unit : "";
    }

    /** Without exponent and needless zeros. */
    static String plain(double number) {
        BigDecimal exact = BigDecimal.valueOf(number).stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0).toPlainString() : exact.toPlainString();
    }
}
