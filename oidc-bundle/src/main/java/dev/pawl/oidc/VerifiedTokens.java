package dev.pawl.oidc;

import dev.pawl.service.access.VerifiedToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The tokens that were verified within the last minute, by their SHA-256, so that a program that calls often costs one check of a signature
 * a minute. The least recently used ones go first. Safe for use by several threads.
 */
final class VerifiedTokens {

    static final Duration KEPT = Duration.ofMinutes(1);
    static final int MOST = 1_000;

    private final InstantSource clock;
    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    private record Entry(VerifiedToken verified, Instant until) {}

    VerifiedTokens(InstantSource clock) {
        this.clock = clock;
    }

    synchronized Optional<VerifiedToken> find(String token) {
        String key = digest(token);
        Entry entry = entries.get(key);
        if (entry == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        // an entry that ends later than any could is of a time before the clock was set back
        if (now.isBefore(entry.until()) && !entry.until().isAfter(now.plus(KEPT))) {
            return Optional.of(entry.verified());
        }
        entries.remove(key);
        return Optional.empty();
    }

    synchronized void put(String token, VerifiedToken verified) {
        Instant until = clock.instant().plus(KEPT);
        entries.put(
                digest(token),
                new Entry(verified, verified.expiresAt().isBefore(until) ? verified.expiresAt() : until));
        if (entries.size() > MOST) {
            var eldest = entries.entrySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    private static String digest(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256.", e);
        }
    }
}
