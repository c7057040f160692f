package dev.pawl.oidc;

import java.util.regex.Pattern;

/** The form of signed tokens on the wire (RFC 7515, section 7.1): three parts in base64url with dots between them. */
final class CompactToken {

    static final int LONGEST = 8_192;

    private static final Pattern FORM = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

    private CompactToken() {}

    static boolean isOne(String text) {
        return text.length() <= LONGEST && FORM.matcher(text).matches();
    }
}
