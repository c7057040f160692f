package dev.pawl.schedule.time;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Lists and ordinal numbers in English. */
final class English {

    private static final int SHORTEST_RUN = 3;

    private English() {}

    /** {@code a}, {@code a and b}, {@code a, b and c}. */
    static String list(List<String> items, String conjunction) {
        int last = items.size() - 1;
        return last < 1
                ? String.join("", items)
                : String.join(", ", items.subList(0, last)) + " " + conjunction + " " + items.get(last);
    }

    /** The places of bits, in which three neighbours or more are a run: {@code 1, 5 and 10 to 20}. */
    static String runs(long bits, IntFunction<String> name) {
        List<String> items = new ArrayList<>();
        for (long rest = bits; rest != 0; ) {
            int first = Long.numberOfTrailingZeros(rest);
            int length = Math.max(1, Long.numberOfTrailingZeros(~(rest >>> first)));
            int last = first + length - 1;
            if (length < SHORTEST_RUN) {
                items.add(name.apply(first));
                rest &= rest - 1;
            } else {
                items.add(name.apply(first) + " to " + name.apply(last));
                rest &= -1L << last << 1;
            }
        }
        return list(items, "and");
    }

    /** {@code 2nd}, {@code 3rd}, {@code 14th}. */
    static String ordinal(int number) {
        boolean isTeen = number / 10 % 10 == 1;
        return number
                + switch (isTeen ? 0 : number % 10) {
                    case 1 -> "st";
                    case 2 -> "nd";
                    case 3 -> "rd";
                    default -> "th";
                };
    }
}
