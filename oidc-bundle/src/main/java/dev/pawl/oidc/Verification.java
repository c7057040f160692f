package dev.pawl.oidc;

import dev.pawl.service.access.VerifiedToken;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Verifies tokens on threads that may wait for the issuer; {@value #MOST_WAITING} tokens wait for them, and more are refused. */
final class Verification implements AutoCloseable {

    static final int MOST_WAITING = 256;

    private final Issuer issuer;
    private final InstantSource clock;
    private final VerifiedTokens known;
    private final WaitingThreads threads =
            new WaitingThreads("pawl-oidc", MOST_WAITING, "tokens of the issuer wait to be verified");
    private volatile @Nullable TokenCheck check;

    Verification(Issuer issuer, InstantSource clock) {
        this.issuer = issuer;
        this.clock = clock;
        this.known = new VerifiedTokens(clock);
    }

    CompletionStage<VerifiedToken> verify(String token) {
        Optional<VerifiedToken> recent = known.find(token);
        return recent.isPresent()
                ? CompletableFuture.completedFuture(recent.get())
                : threads.work(() -> checked(token));
    }

    private VerifiedToken checked(String token) {
        VerifiedToken verified = check().check(token);
        known.put(token, verified);
        return verified;
    }

    private TokenCheck check() {
        TokenCheck ready = check;
        if (ready == null) {
            ready = new TokenCheck(issuer.settings(), issuer.known().keys(), clock);
            check = ready;
        }
        return ready;
    }

    /** Ends the threads; the tokens that wait are refused. */
    @Override
    public void close() {
        threads.close();
    }
}
