package dev.pawl.http.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The SHA-256 of a token; the token itself is not kept. A token is 256 random bits, so neither salt nor stretching is needed. */
final class TokenHash {

    private final byte[] digest;

    private TokenHash(byte[] digest) {
        this.digest = digest;
    }

    static TokenHash of(String token) {
        try {
            return new TokenHash(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    /** Compares in constant time. */
    boolean matches(TokenHash other) {
        return MessageDigest.isEqual(digest, other.digest);
    }

    /** The answer to a challenge, which proves knowledge of the token; it is bound to the address. */
    String proof(String host, String challenge) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(digest, "HmacSHA256"));
            String text = "pawl server identity\n" + host + "\n" + challenge;
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has the HMAC of SHA-256.", e);
        }
    }

    String hex() {
        return HexFormat.of().formatHex(digest);
    }
}
