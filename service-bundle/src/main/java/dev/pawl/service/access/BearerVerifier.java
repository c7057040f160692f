package dev.pawl.service.access;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** Verifies bearer tokens that somebody else issued, such as an OpenID Connect provider. Safe for use by several threads. */
@ProviderType
public interface BearerVerifier {

    /** Whether a token may be one of those that it verifies; costs no more than a look at the text. */
    boolean recognises(String token);

    /**
     * Verifies a token. Does not block: what it has to ask the issuer, it asks on threads of its own.
     *
     * @return the token's owner; exceptionally a {@link dev.pawl.service.problem.ProblemException}: {@code UNAUTHORIZED} when the token is not
     *     acceptable, {@code FORBIDDEN} when it is, but gives no role here, {@code ISSUER_UNAVAILABLE} when that cannot be found out now
     */
    CompletionStage<VerifiedToken> verify(String token);
}
