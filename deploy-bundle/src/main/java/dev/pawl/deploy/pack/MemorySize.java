package dev.pawl.deploy.pack;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The amount of memory that a manifest names: a number of bytes, or a text such as {@code 512m}, {@code 2g} or {@code 512 MiB}. */
final class MemorySize {

    /** The least amount with which a program can start. */
    static final long LEAST = 16L << 20;

    /** The greatest amount, beyond any machine. */
    static final long MOST = 16L << 40;

    private static final Pattern SPELLING = Pattern.compile("(\\d{1,15})\\s*(?:([kmgt])(?:i?b)?)?");
    private static final String UNITS = "kmgt";
    private static final int BITS_A_UNIT = 10;

    private MemorySize() {}

    /** The amount in bytes; 0 when none is named. */
    static long of(@Nullable Object value) {
        if (value == null) {
            return 0;
        }
        Matcher parts = SPELLING.matcher(value.toString().strip().toLowerCase(Locale.ROOT));
        if (parts.matches()) {
            int bits = parts.group(2) == null ? 0 : BITS_A_UNIT * (UNITS.indexOf(parts.group(2)) + 1);
            long number = Long.parseLong(parts.group(1));
            if (number >= LEAST >> bits && number <= MOST >> bits) {
                return number << bits;
            }
        }
        throw FolderManifest.refusal(
                "its memory is " + value + "; it takes 16m to 16t, such as \"512m\", or a number of bytes");
    }
}
