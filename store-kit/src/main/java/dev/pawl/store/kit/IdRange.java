package dev.pawl.store.kit;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A range of ids of jobs with a common prefix.
 *
 * @param first the first one
 * @param last the last one
 */
public record IdRange(UUID first, UUID last) {

    private static final int BYTES = 16;
    private static final int DIGITS = 32;
    private static final int TEXT_LENGTH = 36;

    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-f]*");
    private static final String SHAPE = "00000000-0000-0000-0000-000000000000";

    /** The range of ids that begin with the lower-case text; empty when no id can. */
    public static Optional<IdRange> beginningWith(String prefix) {
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
        return Optional.of(new IdRange(parse(digits + rest), parse(digits + rest.replace('0', 'f'))));
    }

    private static UUID parse(String digits) {
        return new UUID(
                Long.parseUnsignedLong(digits.substring(0, BYTES), BYTES),
                Long.parseUnsignedLong(digits.substring(BYTES), BYTES));
    }
}
