package dev.pawl.http.repeat;

import dev.pawl.service.job.RequestKey;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The seal of answers that hold a secret, such as that of a new token. It is opened by the client's Idempotency-Key, of which the store has
 * only a digest: so what is kept opens for the client that repeats its request, and for nobody who reads the disk or a backup.
 */
final class SealedAnswer {

    private static final String FIELD = "sealed";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final byte[] request;

    private SealedAnswer(SecretKeySpec key, byte[] request) {
        this.key = key;
        this.request = request;
    }

    /**
     * The seal of one request's answer.
     *
     * @param given the Idempotency-Key
     */
    static SealedAnswer of(String given, RequestKey request) {
        if (given.length() < IdempotencyKey.SHORTEST_SEAL) {
            throw new ProblemException(
                    ProblemCode.MALFORMED,
                    "The header " + IdempotencyKey.HEADER + " has " + given.length()
                            + " characters; this route seals its answer with it, and takes "
                            + IdempotencyKey.SHORTEST_SEAL
                            + " or more, such as a random UUID.");
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(given.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] derived = mac.doFinal(("answer " + request.key()).getBytes(StandardCharsets.UTF_8));
            return new SealedAnswer(
                    new SecretKeySpec(derived, "AES"), request.digest().getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA256.", e);
        }
    }

    /** The parts of an answer that are kept. */
    Map<String, ?> closed(String answer) {
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, nonce, answer.getBytes(StandardCharsets.UTF_8));
        byte[] whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
        return Map.of(FIELD, Base64.getEncoder().encodeToString(whole));
    }

    /** The answer of which this was kept. */
    String opened(Map<String, ?> kept) {
        byte[] whole = Base64.getDecoder().decode(String.valueOf(kept.get(FIELD)));
        byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
        byte[] answer = run(Cipher.DECRYPT_MODE, nonce, Arrays.copyOfRange(whole, NONCE_BYTES, whole.length));
        return new String(answer, StandardCharsets.UTF_8);
    }

    private byte[] run(int mode, byte[] nonce, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(request);
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("An answer that is kept cannot be sealed or opened.", e);
        }
    }
}
