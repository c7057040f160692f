package dev.pawl.launch;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The number of records and a hash of them: the sum of their SHA-256, so that it does not depend on their order, by which stores that write texts
 * differently might differ.
 */
final class RecordDigest {

    private static final int BITS = 256;
    private static final int TEXT_CHUNK = 4096;
    private static final int DIGITS = BITS / 4;

    private final MessageDigest sha256;
    private final ByteBuffer buffer = ByteBuffer.allocate(TEXT_CHUNK * Character.BYTES);
    private BigInteger sum = BigInteger.ZERO;
    private long records;

    RecordDigest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256.", e);
        }
    }

    void add(StoredRecord record) {
        for (int column = 0; column < record.size(); column++) {
            add(record.get(column));
        }
        sum = sum.add(new BigInteger(1, sha256.digest()));
        records++;
    }

    /** Each value is preceded by its type, and by its length where that can vary. */
    private void add(@Nullable Object value) {
        if (value == null) {
            sha256.update((byte) '0');
        } else if (value instanceof Long number) {
            eight('n', number);
        } else if (value instanceof Double number) {
            eight('r', Double.doubleToLongBits(number));
        } else if (value instanceof Boolean flag) {
            eight('f', flag ? 1 : 0);
        } else if (value instanceof UUID id) {
            eight('i', id.getMostSignificantBits());
            eight('i', id.getLeastSignificantBits());
        } else if (value instanceof byte[] bytes) {
            eight('b', bytes.length);
            sha256.update(bytes);
        } else if (value instanceof String text) {
            eight('t', text.length());
            units(text);
        } else {
            throw new IllegalArgumentException("No record holds a " + value.getClass());
        }
    }

    private void eight(char type, long value) {
        sha256.update((byte) type);
        buffer.clear().putLong(value);
        sha256.update(buffer.array(), 0, Long.BYTES);
    }

    /** The UTF-16 units, so that half of a surrogate pair counts as itself. */
    private void units(String text) {
        for (int from = 0; from < text.length(); from += TEXT_CHUNK) {
            buffer.clear();
            int to = Math.min(text.length(), from + TEXT_CHUNK);
            for (int at = from; at < to; at++) {
                buffer.putChar(text.charAt(at));
            }
            sha256.update(buffer.array(), 0, buffer.position());
        }
    }

    long records() {
        return records;
    }

    /** The hash in hexadecimal digits. */
    String hash() {
        byte[] bytes = sum.mod(BigInteger.ONE.shiftLeft(BITS)).toByteArray();
        String digits = HexFormat.of().formatHex(bytes);
        return digits.length() > DIGITS
                ? digits.substring(digits.length() - DIGITS)
                : "0".repeat(DIGITS - digits.length()) + digits;
    }
}
