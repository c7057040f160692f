package dev.pawl.samples.mail;

import dev.pawl.api.module.ValidationException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An address, with the name of its owner: {@code a@example.org} or {@code "A. Name" <a@example.org>} (RFC 5322, without comments, groups
 * and quoted local parts).
 *
 * @param local the part before the @; with other than ASCII characters only for servers with SMTPUTF8 (RFC 6531)
 * @param domain in ASCII (RFC 5891) and lower case
 * @param name the name for people; empty for none
 */
record Mailbox(String local, String domain, String name) {

    private static final int LONGEST_LOCAL_BYTES = 64;
    private static final int LONGEST_ADDRESS_BYTES = 254;
    /** Characters that the JDK (IDNA 2003) maps to others, and that are letters of domains today (UTS 46, deviations). */
    private static final Pattern AMBIGUOUS = Pattern.compile("[ß\u03C2\u200C\u200D]");

    private static final Pattern LOCAL = Pattern.compile(
            "[\\w!#$%&'*+/=?^`{|}~\\-\\x{80}-\\x{10FFFF}]+" + "(\\.[\\w!#$%&'*+/=?^`{|}~\\-\\x{80}-\\x{10FFFF}]+)*");

    /**
     * Reads an address.
     *
     * @param input the name of the input in the error
     */
    static Mailbox of(String input, String text) throws ValidationException {
        SafeText.check(input, text);
        String stripped = text.strip();
        int angle = stripped.endsWith(">") ? stripped.lastIndexOf('<') : -1;
        String address = angle < 0 ? stripped : stripped.substring(angle + 1, stripped.length() - 1);
        String name = angle < 0 ? "" : unquoted(stripped.substring(0, angle).strip());
        int at = address.lastIndexOf('@');
        if (at < 1 || !LOCAL.matcher(address.substring(0, at)).matches()) {
            throw refused(input, text);
        }
        if (AMBIGUOUS.matcher(address.substring(at)).find()) {
            throw new ValidationException(
                    input + " is \"" + text
                            + "\", whose domain stands for different ones in IDNA 2003 and IDNA 2008; give it in ASCII, as xn--….");
        }
        String local = address.substring(0, at);
        String domain = domain(address.substring(at + 1));
        int localBytes = local.getBytes(StandardCharsets.UTF_8).length;
        if (domain.isEmpty()
                || localBytes > LONGEST_LOCAL_BYTES
                || localBytes + 1 + domain.length() > LONGEST_ADDRESS_BYTES) {
            throw refused(input, text);
        }
        return new Mailbox(local, domain, name);
    }

    /** A domain in ASCII and lower case; empty when it is none. */
    static String domain(String text) {
        try {
            String ascii = IDN.toASCII(text, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            return ascii.startsWith(".") || ascii.endsWith(".") ? "" : ascii;
        } catch (IllegalArgumentException notADomain) {
            return "";
        }
    }

    private static String unquoted(String name) {
        return name.length() >= 2 && name.startsWith("\"") && name.endsWith("\"")
                ? name.substring(1, name.length() - 1).replaceAll("\\\\(.)", "$1")
                : name;
    }

    private static ValidationException refused(String input, String text) {
        return new ValidationException(input + " is \"" + text
                + "\"; it takes one address, such as a@example.org or \"A. Name <a@example.org>\".");
    }

    /** The address alone. */
    String address() {
        return local + "@" + domain;
    }

    /** Whether the part before the @ needs a server with SMTPUTF8. */
    boolean needsUtf8() {
        return !StandardCharsets.US_ASCII.newEncoder().canEncode(local);
    }

    /** As the mail library takes it; the name is encoded as RFC 2047 says. */
    InternetAddress toInternetAddress() {
        InternetAddress result = new InternetAddress();
        result.setAddress(address());
        if (!name.isEmpty()) {
            try {
                result.setPersonal(name, StandardCharsets.UTF_8.name());
            } catch (UnsupportedEncodingException e) {
                throw new IllegalStateException("Every JVM has UTF-8.", e);
            }
        }
        return result;
    }
}
