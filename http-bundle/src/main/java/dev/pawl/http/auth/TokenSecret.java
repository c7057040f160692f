package dev.pawl.http.auth;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes secrets: 256 random bits. */
public final class TokenSecret {

    /** The beginning of every token, by which searches for leaked secrets recognise it. */
    private static final String PREFIX = "pawl_";

    private static final int BYTES = 32;

    private TokenSecret() {}

    /** The secret of a token. */
    static String random() {
        return PREFIX + randomText();
    }

    /** A secret of another kind, in characters that pass through addresses and headers as they are. */
    public static String randomText() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
