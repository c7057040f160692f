package dev.pawl.service.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An entry at its place in the log.
 *
 * @param number its number, from 1 without gaps
 * @param entry the entry
 * @param previous the hash of the entry before, 64 hexadecimal digits; zeros for the first
 * @param hash its own hash, see {@link #hashed}
 */
public record AuditRecord(long number, AuditEntry entry, String previous, String hash) {

    /** The hash before the first entry. */
    public static final String FIRST_PREVIOUS = "0".repeat(64);

    /** The entry that follows one with the given hash. */
    public static AuditRecord after(String previous, long number, AuditEntry entry) {
        return new AuditRecord(number, entry, previous, sha256(hashed(number, entry, previous)));
    }

    /** The line of the export: a JSON object that ends with the hash. */
    public String line() {
        String hashed = hashed(number, entry, previous);
        return hashed.substring(0, hashed.length() - 1) + ",\"hash\":\"" + hash + "\"}";
    }

    /** The text whose SHA-256 is the hash: the line without its last field. */
    private static String hashed(long number, AuditEntry entry, String previous) {
        var json = new JsonLine(512);
        json.number("n", number);
        json.text("at", entry.at().toString());
        json.text("who", entry.who());
        json.text("role", entry.role());
        json.text("remote", entry.remote());
        json.text("door", entry.door());
        json.text("action", entry.action());
        json.text("target", entry.target());
        json.text("outcome", entry.outcome().wireName());
        json.text("request_id", entry.requestId());
        json.text("detail", entry.detail());
        json.text("previous", previous);
        return json.end();
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256.", e);
        }
    }
}
