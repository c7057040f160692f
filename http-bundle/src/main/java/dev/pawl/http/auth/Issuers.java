package dev.pawl.http.auth;

import dev.pawl.service.access.BearerVerifier;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The tokens that others issue, as far as a part of the server verifies them. */
public final class Issuers {

    private final Supplier<Optional<BearerVerifier>> verifier;
    private final InstantSource clock;

    /** @param verifier the part that verifies them; empty while there is none */
    public Issuers(Supplier<Optional<BearerVerifier>> verifier, InstantSource clock) {
        this.verifier = verifier;
        this.clock = clock;
    }

    /** The verification of a token; empty when it is not one of an issuer. */
    Optional<CompletionStage<Credential>> verify(String token) {
        return token.indexOf('.') < 0 // no part needs to be asked
                ? Optional.empty()
                : verifier.get().filter(part -> part.recognises(token)).map(part -> part.verify(token)
                        .thenApply(verified -> new VerifiedCredential(verified, clock)));
    }
}
