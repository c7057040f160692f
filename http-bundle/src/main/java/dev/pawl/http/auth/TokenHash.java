package dev.pawl.http.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The SHA-256 of a token; the token itself is not kept. A token is 256 random bits, so neither salt nor stretching is needed. */
public final class TokenHash {

    private static final int ID_LENGTH = 12;

    private final byte[] digest;

    private TokenHash(byte[] digest) {
        this.digest = digest;
    }

    /** The hash of a token. */
    public static TokenHash of(String token) {
        try {
            return new TokenHash(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    /**
     * The hash with these hexadecimal digits.
     *
     * @throws IllegalArgumentException when it has none
     */
    static TokenHash ofHex(String digits) {
        return new TokenHash(HexFormat.of().parseHex(digits));
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

    /** The id of the token: the first digits of the hash, so that a leaked secret leads to its token, but not the other way round. */
    String id() {
        return hex().substring(0, ID_LENGTH);
    }

    /** Where the comparison of two hashes ends early says nothing about the tokens. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TokenHash hash && Arrays.equals(digest, hash.digest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digest);
    }
}
