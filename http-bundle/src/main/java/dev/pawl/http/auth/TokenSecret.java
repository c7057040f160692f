package dev.pawl.http.auth;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes the secrets of tokens: 256 random bits. */
final class TokenSecret {

    /** The beginning of every secret, by which searches for leaked secrets recognise it. */
    private static final String PREFIX = "pawl_";

    private static final int BYTES = 32;

    private TokenSecret() {}

    static String random() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
