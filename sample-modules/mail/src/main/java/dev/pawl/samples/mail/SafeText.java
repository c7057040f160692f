package dev.pawl.samples.mail;

import dev.pawl.api.module.ValidationException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Refuses texts that would add lines to the header of a mail, and header fields that the module writes itself. */
final class SafeText {

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\u2028\\u2029]");

    /** Printable ASCII without the colon, RFC 5322, 3.6.8; 76 characters leave room for a value in the line. */
    private static final Pattern FIELD_NAME = Pattern.compile("[!-9;-~]{1,76}");

    private static final Set<String> OWN_FIELDS = Set.of(
            "from",
            "sender",
            "reply-to",
            "to",
            "cc",
            "bcc",
            "subject",
            "date",
            "message-id",
            "mime-version",
            "received",
            "return-path",
            "dkim-signature",
            "authentication-results");

    private SafeText() {}

    /** Refuses line breaks and other control characters. */
    static void check(String input, String text) throws ValidationException {
        if (CONTROL.matcher(text).find()) {
            throw new ValidationException(
                    input + " is \"" + CONTROL.matcher(text).replaceAll("\uFFFD")
                            + "\", with a line break or another control character (shown as \uFFFD); it takes one line of text.");
        }
    }

    /** Refuses header fields that are none, or that other inputs stand for. */
    static void checkHeaders(Map<String, String> headers) throws ValidationException {
        for (Map.Entry<String, String> header : headers.entrySet()) {
            String name = header.getKey();
            if (!FIELD_NAME.matcher(name).matches()) {
                throw new ValidationException(
                        "headers has the name \"" + CONTROL.matcher(name).replaceAll("\uFFFD")
                                + "\"; the name of a header field consists of up to 76 printable ASCII characters without spaces and colons.");
            }
            String lower = name.toLowerCase(Locale.ROOT);
            if (OWN_FIELDS.contains(lower)
                    || lower.startsWith("content-")
                    || lower.startsWith("resent-")
                    || lower.startsWith("arc-")) {
                throw new ValidationException("headers has the field " + name
                        + ", which the module writes itself; use the input for it, or leave it out.");
            }
            check("headers." + name, header.getValue());
        }
    }
}
