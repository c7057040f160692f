package dev.pawl.oidc;

import dev.pawl.service.access.BearerVerifier;
import dev.pawl.service.access.VerifiedToken;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies the tokens of the issuer that the settings name; without one it recognises none. The JOSE library is loaded with the first token
 * that looks like one.
 */
@Component(service = BearerVerifier.class)
public final class OidcComponent implements BearerVerifier {

    private static final Logger LOG = LoggerFactory.getLogger(OidcComponent.class);

    private final Optional<OidcSettings> settings;
    private final Optional<Verification> verification;

    @Activate
    public OidcComponent(BundleContext context, @Reference InstantSource clock) {
        this.settings = settings(context);
        this.verification = settings.map(set -> new Verification(set, clock));
    }

    private static Optional<OidcSettings> settings(BundleContext context) {
        try {
            return OidcSettings.read(context::getProperty);
        } catch (IllegalArgumentException e) {
            LOG.error(
                    "Tokens of an OpenID Connect issuer are not accepted, since a setting is wrong: {}",
                    e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public boolean recognises(String token) {
        return verification.isPresent() && CompactToken.isOne(token);
    }

    @Override
    public CompletionStage<VerifiedToken> verify(String token) {
        return verification
                .map(each -> each.verify(token))
                .orElseGet(() -> CompletableFuture.failedFuture(
                        new ProblemException(ProblemCode.UNAUTHORIZED, "The token is unknown.")));
    }

    /** Ends what is being verified. */
    @Deactivate
    public void stop() {
        verification.ifPresent(Verification::close);
    }
}
