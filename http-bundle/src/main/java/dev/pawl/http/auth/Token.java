package dev.pawl.http.auth;

import dev.pawl.service.access.Principal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token as it is listed, without its secret.
 *
 * @param principal the identity that it stands for
 * @param createdAt when it was made; null when unknown
 * @param expiresAt when it ends; null for never
 * @param lastUsedAt when it was last used, as far as is known; null for never
 */
public record Token(
        Principal principal,
        @Nullable Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt) {

    /** Whether it has ended by itself. */
    boolean hasExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    Token usedAt(@Nullable Instant time) {
        return new Token(principal, createdAt, expiresAt, time);
    }
}
