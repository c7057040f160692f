package dev.pawl.http.auth;

import dev.pawl.service.access.Principal;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** A token in memory, with its latest use. Safe for use by several threads. */
final class LiveToken implements Credential {

    private static final long NEVER = Long.MIN_VALUE;

    private final Token token;
    private final InstantSource clock;
    private volatile boolean revoked;
    private volatile long usedAt;
    private volatile long savedUse;

    LiveToken(Token token, InstantSource clock) {
        this.token = token;
        this.clock = clock;
        Instant used = token.lastUsedAt();
        this.usedAt = used == null ? NEVER : used.toEpochMilli();
        this.savedUse = usedAt;
    }

    @Override
    public Principal principal() {
        return token.principal();
    }

    @Override
    public boolean isInForce() {
        return !revoked && (token.expiresAt() == null || !token.hasExpired(clock.instant()));
    }

    void revoke() {
        revoked = true;
    }

    boolean isRevoked() {
        return revoked;
    }

    /** Notes a use; costs a look at the clock. */
    void used() {
        usedAt = clock.millis();
    }

    /** Takes the use that is stored, if that is a later one: the token was used with another server. */
    void stored(@Nullable Instant use) {
        long at = use == null ? NEVER : use.toEpochMilli();
        if (at > usedAt) {
            savedUse = at;
            usedAt = at;
        }
    }

    /** The token with its latest use. */
    Token token() {
        return token.usedAt(lastUse());
    }

    /** Whether its latest use is not stored yet; taken as stored from then on. */
    boolean takeUnsavedUse() {
        boolean unsaved = usedAt != savedUse;
        savedUse = usedAt;
        return unsaved;
    }

    private @Nullable Instant lastUse() {
        long at = usedAt;
        return at == NEVER ? null : Instant.ofEpochMilli(at);
    }
}
