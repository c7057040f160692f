package dev.pawl.service.job;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of a job in a trace that spans several programs, as the header {@code traceparent} of the W3C's recommendation "Trace
 * Context" names it.
 *
 * @param traceId 32 hexadecimal digits
 * @param parentId the span of the caller, 16 hexadecimal digits
 * @param flags 2 hexadecimal digits; the lowest bit says that the caller records the trace
 */
public record TraceParent(String traceId, String parentId, String flags) {

    /** A later version may have more fields at the end, which are passed over; 255 is no version. */
    private static final Pattern FORM =
            Pattern.compile("(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.{0,400})?");

    private static final String FIRST_VERSION = "00";
    private static final String NO_TRACE = "0".repeat(32);
    private static final String NO_PARENT = "0".repeat(16);

    /** Reads a header; empty when it is not valid, which is to be taken as none. */
    public static Optional<TraceParent> parse(String header) {
        Matcher form = FORM.matcher(header.strip());
        if (!form.matches()
                || (form.group(1).equals(FIRST_VERSION) && form.group(5) != null)
                || form.group(2).equals(NO_TRACE)
                || form.group(3).equals(NO_PARENT)) {
            return Optional.empty();
        }
        return Optional.of(new TraceParent(form.group(2), form.group(3), form.group(4)));
    }

    /** Whether the caller records the trace. */
    public boolean isSampled() {
        return (Character.digit(flags.charAt(1), 16) & 1) == 1;
    }

    /** The header, in the first version of its form. */
    @Override
    public String toString() {
        return FIRST_VERSION + "-" + traceId + "-" + parentId + "-" + flags;
    }
}
