package dev.pawl.http.file;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of a file that a request asks for by its header {@code Range} (RFC 9110, section 14).
 *
 * @param from the first byte, from 0
 * @param length the number of bytes; 0 when the part lies beyond the file's end
 */
public record ByteRange(long from, long length) {

    private static final Pattern ONE = Pattern.compile("bytes\\s*=\\s*([0-9]*)\\s*-\\s*([0-9]*)");
    private static final int DIGITS = 18;

    /** Whether the file has such a part. */
    public boolean isSatisfiable() {
        return length > 0;
    }

    /**
     * The part of a file of that size; empty for the whole file, which also answers several ranges at once, other units than bytes, and
     * headers that are broken.
     */
    public static Optional<ByteRange> of(@Nullable String header, long size) {
        if (header == null) {
            return Optional.empty();
        }
        Matcher one = ONE.matcher(header.strip().toLowerCase(Locale.ROOT));
        if (!one.matches()) {
            return Optional.empty();
        }
        String first = one.group(1);
        String last = one.group(2);
        if (first.isEmpty()) {
            return last.isEmpty() ? Optional.empty() : Optional.of(suffix(number(last), size));
        }
        long from = number(first);
        long to = last.isEmpty() ? Long.MAX_VALUE : number(last);
        return to < from ? Optional.empty() : Optional.of(between(from, to, size));
    }

    private static ByteRange suffix(long bytes, long size) {
        long length = Math.min(bytes, size);
        return new ByteRange(size - length, length);
    }

    private static ByteRange between(long from, long to, long size) {
        return from >= size ? new ByteRange(from, 0) : new ByteRange(from, Math.min(to, size - 1) - from + 1);
    }

    /** The number; a very great one when it has too many digits. */
    private static long number(String digits) {
        String significant = digits.replaceFirst("^0+(?=.)", "");
        return significant.length() > DIGITS ? Long.MAX_VALUE : Long.parseLong(significant);
    }
}
