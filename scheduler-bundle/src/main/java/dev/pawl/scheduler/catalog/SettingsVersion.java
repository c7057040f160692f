package dev.pawl.scheduler.catalog;

import dev.pawl.scheduler.schema.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The version of settings: their HMAC-SHA256 under a key of this process, so that nobody can try values of secrets against it. Settings that servers
 * share have the same one on each: the SHA-256 of what is recorded, in which secrets are sealed, and of what is shown.
 */
final class SettingsVersion {

    private static final String ALGORITHM = "HmacSHA256";

    private static final int KEY_BYTES = 32;

    private byte[] key = {}; // made when it is first needed, not at the start of the server

    /**
     * The version of settings that servers share.
     *
     * @param record the text that holds them, with secrets sealed
     * @param masked the settings as they are shown
     */
    static String ofShared(String record, Map<String, Object> masked) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(record.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
            byte[] version = digest.digest(CanonicalJson.of(masked).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(version);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    synchronized String of(Map<String, Object> settings) {
        if (key.length == 0) {
            key = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(key);
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            byte[] version = mac.doFinal(CanonicalJson.of(settings).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(version);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM + ".", e);
        }
    }
}
