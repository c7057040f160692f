package dev.pawl.store.sqlite.engine;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Converts job ids to the form of the column: 16 bytes, which sort like the text. */
public final class JobIds {

    private static final int BYTES = 16;
    private static final int DIGITS = 32;
    private static final int TEXT_LENGTH = 36;

    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-f]*");
    private static final String SHAPE = "00000000-0000-0000-0000-000000000000";

    private JobIds() {}

    /** A range of ids with a common prefix. */
    public record Range(UUID first, UUID last) {}

    /** The bytes of an id. */
    public static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /** The id that the bytes stand for. */
    public static UUID uuid(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    /** The range of ids that begin with the lower-case text; empty when no id can. */
    public static Optional<Range> beginningWith(String prefix) {
        if (prefix.length() > TEXT_LENGTH) {
            return Optional.empty();
        }
        for (int i = 0; i < prefix.length(); i++) {
            if ((prefix.charAt(i) == '-') != (SHAPE.charAt(i) == '-')) {
                return Optional.empty();
            }
        }
        String digits = prefix.replace("-", "");
        if (!HEXADECIMAL.matcher(digits).matches()) {
            return Optional.empty();
        }
        String rest = "0".repeat(DIGITS - digits.length());
        return Optional.of(new Range(parse(digits + rest), parse(digits + rest.replace('0', 'f'))));
    }

    private static UUID parse(String digits) {
        return new UUID(
                Long.parseUnsignedLong(digits.substring(0, BYTES), BYTES),
                Long.parseUnsignedLong(digits.substring(BYTES), BYTES));
    }
}
