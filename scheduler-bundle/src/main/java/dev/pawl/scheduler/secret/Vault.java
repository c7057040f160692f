package dev.pawl.scheduler.secret;

import dev.pawl.base.json.value.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals values with the {@linkplain KeyFile key} of the server, by AES-GCM (NIST SP 800-38D) with a random nonce of 96 bits. A sealed
 * value is a text {@code pawl:sealed:1:} and, in Base64, nonce, ciphertext and tag; it opens only in the place it was sealed for. Safe
 * for many threads.
 */
public final class Vault {

    private static final String PREFIX = "pawl:sealed:1:";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final KeyFile key;
    private final SecureRandom random = new SecureRandom();

    public Vault(KeyFile key) {
        this.key = key;
    }

    /**
     * Seals the secret values; the key is made when there is none.
     *
     * @param place the place where they are kept: they open nowhere else
     * @param secretNames names of the secret values
     */
    public Map<String, Object> sealed(String place, Map<String, Object> values, List<String> secretNames) {
        if (values.keySet().stream().noneMatch(secretNames::contains)) {
            return values;
        }
        return Values.replaced(
                values, secretNames, (name, value) -> seal(place + "/" + name, Json.text(List.of(value))));
    }

    /**
     * Opens the sealed values, whatever names are secret by now.
     *
     * @throws UnreadableSecretException when a value was sealed with another key, or for another place
     */
    public Map<String, Object> opened(String place, Map<String, Object> values) {
        List<String> sealed = values.entrySet().stream()
                .filter(entry -> isSealed(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        return sealed.isEmpty()
                ? values
                : Values.replaced(values, sealed, (name, value) -> open(place + "/" + name, name, value.toString()));
    }

    /** The fingerprint of something, which tells nothing of it to who has not the key. */
    String fingerprint(String name, byte[] of) {
        return key.fingerprint(name, of);
    }

    /** Whether a value is kept sealed. */
    public static boolean isSealed(@Nullable Object value) {
        return value instanceof String text && text.startsWith(PREFIX);
    }

    private String seal(String place, String plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key.orNew(), nonce, place)
                    .doFinal(plain.getBytes(StandardCharsets.UTF_8));
            byte[] all = ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return PREFIX + Base64.getEncoder().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has AES-GCM.", e);
        }
    }

    private Object open(String place, String name, String sealed) {
        SecretKey present = key.present()
                .orElseThrow(() -> new UnreadableSecretException("The secret value " + name + " is sealed, and its key "
                        + key.file() + " is not there. Put it back, or give the value again."));
        try {
            byte[] all = Base64.getDecoder().decode(sealed.substring(PREFIX.length()));
            if (all.length
                    < NONCE_BYTES + TAG_BITS / Byte.SIZE) { // for which some versions of Java throw something else
                throw new IllegalArgumentException("The sealed text is cut off.");
            }
            byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
            byte[] plain = cipher(Cipher.DECRYPT_MODE, present, nonce, place)
                    .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
            return Json.list(new String(plain, StandardCharsets.UTF_8)).get(0);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new UnreadableSecretException("The secret value " + name + " does not open with the key " + key.file()
                    + ": it was sealed with another one, or changed. Put that key back, or give the value again.");
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
