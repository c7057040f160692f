package dev.pawl.schedule.time;

import java.util.ArrayList;
import java.util.List;

/** Sets of small numbers, each a bit. */
final class Bits {

    private Bits() {}

    /** The numbers in their order. */
    static List<Integer> places(long bits) {
        List<Integer> places = new ArrayList<>(Long.bitCount(bits));
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            places.add(Long.numberOfTrailingZeros(rest));
        }
        return places;
    }

    /** Whether they follow one another on a ring of numbers from 0, as hours do over midnight, and some are missing. */
    static boolean areRun(long bits, int size) {
        return Long.bitCount(starts(bits, size)) == 1;
    }

    static int runStart(long bits, int size) {
        return Long.numberOfTrailingZeros(starts(bits, size));
    }

    static int runEnd(long bits, int size) {
        return Long.numberOfTrailingZeros(bits & ~(bits >>> 1 | (bits & 1) << (size - 1)));
    }

    /** The numbers whose predecessor on the ring is missing. */
    private static long starts(long bits, int size) {
        return bits & ~(bits << 1 | bits >>> (size - 1));
    }
}
