package dev.pawl.cli.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A challenge that only a server with the same admin token can answer, and only for the address at which it was asked: an HMAC of the
 * challenge and the address, with the token's hash as the key. The server's counterpart is {@code TokenHash.proof} of the http-bundle.
 *
 * @param challenge a random text, used once
 */
record ServerProof(String challenge) {

    private static final int BYTES = 24;

    static ServerProof random() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return new ServerProof(Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }

    /** Whether the answer was computed with the token and for this address. */
    boolean isGivenBy(String answer, String token, URI url) {
        return MessageDigest.isEqual(
                expected(token, url.getRawAuthority()).getBytes(StandardCharsets.US_ASCII),
                answer.getBytes(StandardCharsets.US_ASCII));
    }

    private String expected(String token, String host) {
        try {
            byte[] key = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            String text = "pawl server identity\n" + host + "\n" + challenge;
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has SHA-256 and its HMAC.", e);
        }
    }
}
