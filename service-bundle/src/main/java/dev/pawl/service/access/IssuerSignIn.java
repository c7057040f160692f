package dev.pawl.service.access;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Signs people in at an issuer: their browser goes there with {@link #begin}, and comes back with what {@link #finish} takes. What it has to ask the
 * issuer, it asks on threads of its own. Safe for use by several threads.
 */
@ProviderType
public interface IssuerSignIn {

    /** The address to which the issuer sends browsers back, as they see it; empty when nobody can sign in like this. */
    Optional<URI> callback();

    /**
     * Begins to sign a browser in.
     *
     * @param returnTo the local path to which the browser goes in the end; empty for the first page
     * @return exceptionally a {@link dev.pawl.service.problem.ProblemException}: {@code MALFORMED} for another path, {@code ISSUER_UNAVAILABLE} when
     *     the issuer cannot be asked where it signs people in
     */
    CompletionStage<BegunSignIn> begin(String returnTo);

    /**
     * Finishes what a browser began.
     *
     * @param ticket the ticket of the browser; empty when it has none
     * @param answer the parameters with which the issuer has sent the browser back
     * @return exceptionally a {@link dev.pawl.service.problem.ProblemException}: {@code SIGN_IN_FAILED} when the answer is a refusal, does not belong to
     *     the ticket or proves nothing, {@code FORBIDDEN} when the person has no role here, {@code ISSUER_UNAVAILABLE}
     */
    CompletionStage<FinishedSignIn> finish(String ticket, Map<String, String> answer);
}
