package dev.pawl.schedule.time;

import java.util.Locale;

/** The fields of a cron expression, with the values that each may have, and the grammar of lists, ranges and steps. */
enum CronField {
    SECOND("second", 0, 59, ""),
    MINUTE("minute", 0, 59, ""),
    HOUR("hour", 0, 23, ""),
    DAY_OF_MONTH("day of the month", 1, 31, ""),
    MONTH("month", 1, 12, "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC"),
    DAY_OF_WEEK("day of the week", 0, 6, "SUNMONTUEWEDTHUFRISAT");

    /** The other number of Sunday, which is 0. */
    private static final int SUNDAY = 7;

    /** The length of a name. */
    private static final int NAME = 3;

    /** No value has more digits; a longer number is refused unread. */
    private static final int MOST_DIGITS = 4;

    private final String label;
    private final int least;
    private final int greatest;
    private final String names;

    CronField(String label, int least, int greatest, String names) {
        this.label = label;
        this.least = least;
        this.greatest = greatest;
        this.names = names;
    }

    /**
     * The values of one item of a list, as bits: {@code *}, {@code 5}, {@code MON-FRI}, {@code 22-2} over the end, {@code 10-40/5}, {@code 5/15}
     * from 5 to the greatest.
     *
     * @throws IllegalArgumentException when it is none, with the item and the values that there are
     */
    long values(String item) {
        int slash = item.indexOf('/');
        String range = slash < 0 ? item : item.substring(0, slash);
        int step = slash < 0 ? 1 : step(item, item.substring(slash + 1));
        if (range.equals("*")) {
            return bits(least, greatest, step);
        }
        int dash = range.indexOf('-');
        if (dash >= 0) {
            int first = value(item, range.substring(0, dash));
            int last = value(item, range.substring(dash + 1));
            return bits(first, last < first ? last + size() : last, step);
        }
        int only = value(item, range);
        return bits(only, slash < 0 ? only : Math.max(only, greatest), step);
    }

    /**
     * The number that a number or a name stands for; 7 is left as it is, since a range may end with that Sunday.
     *
     * @throws IllegalArgumentException when it is no value of this field
     */
    int value(String item, String text) {
        int named = text.length() == NAME ? names.indexOf(text.toUpperCase(Locale.ROOT)) : -1;
        int value = named >= 0 && named % NAME == 0 ? least + named / NAME : number(text);
        if (value < least || value > greatestNumber()) {
            throw refused(item);
        }
        return value;
    }

    /** The error for an item that this field does not take. */
    IllegalArgumentException refused(String item) {
        return new IllegalArgumentException("cron has " + (item.isEmpty() ? "an empty item" : "\"" + item + "\"")
                + " as its " + label + "; it takes " + least + " to " + greatestNumber()
                + (names.isEmpty()
                        ? ""
                        : " or " + names.substring(0, NAME) + " to " + names.substring(names.length() - NAME))
                + ", with lists (1,2), ranges (1-3) and steps (*/2).");
    }

    /** All values, as bits. */
    long all() {
        return bits(least, greatest, 1);
    }

    /** A whole number without a sign, in the digits of ASCII; -1 when the text is none, or a long one. */
    static int number(String text) {
        boolean isOne = !text.isEmpty()
                && text.length() <= MOST_DIGITS
                && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        return isOne ? Integer.parseInt(text) : -1;
    }

    private int step(String item, String text) {
        int step = number(text);
        if (step < 1 || step >= size()) {
            throw new IllegalArgumentException("cron has \"" + item + "\" as its " + label + "; a step takes 1 to "
                    + (size() - 1) + ". For an interval that does not fit into it, give every instead of cron.");
        }
        return step;
    }

    private long bits(int first, int last, int step) {
        long bits = 0;
        for (int value = first; value <= last; value += step) {
            bits |= 1L << (least + (value - least) % size());
        }
        return bits;
    }

    private int size() {
        return greatest - least + 1;
    }

    private int greatestNumber() {
        return this == DAY_OF_WEEK ? SUNDAY : greatest;
    }
}
