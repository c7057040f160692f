package dev.pawl.http.auth;

import dev.pawl.service.access.Principal;
import dev.pawl.service.access.VerifiedToken;
import java.time.InstantSource;

/** A token that an issuer made, and that was found valid. */
record VerifiedCredential(VerifiedToken token, InstantSource clock) implements Credential {

    @Override
    public Principal principal() {
        return token.principal();
    }

    @Override
    public boolean isInForce() {
        return clock.instant().isBefore(token.expiresAt());
    }
}
