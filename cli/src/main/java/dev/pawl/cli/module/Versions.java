package dev.pawl.cli.module;

import java.math.BigInteger;
import java.util.regex.Pattern;

/** The order of bundle versions: three numbers, then a qualifier. */
final class Versions {
    private static final Pattern DOT = Pattern.compile("\\.");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final int PARTS = 4;

    private Versions() {}

    /** Whether a version comes before another. */
    static boolean isOlder(String version, String other) {
        String[] left = DOT.split(version, PARTS);
        String[] right = DOT.split(other, PARTS);
        for (int i = 0; i < PARTS; i++) {
            int order = compare(part(left, i), part(right, i));
            if (order != 0) {
                return order < 0;
            }
        }
        return false;
    }

    private static String part(String[] parts, int index) {
        return index < parts.length ? parts[index] : index < PARTS - 1 ? "0" : "";
    }

    private static int compare(String left, String right) {
        boolean numbers =
                NUMBER.matcher(left).matches() && NUMBER.matcher(right).matches();
        return numbers ? new BigInteger(left).compareTo(new BigInteger(right)) : left.compareTo(right);
    }
}
