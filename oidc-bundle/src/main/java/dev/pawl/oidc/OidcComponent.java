package dev.pawl.oidc;

import dev.pawl.service.access.BearerVerifier;
import dev.pawl.service.access.BegunSignIn;
import dev.pawl.service.access.FinishedSignIn;
import dev.pawl.service.access.IssuerSignIn;
import dev.pawl.service.access.VerifiedToken;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies the tokens of the issuer that the settings name, and signs people in there; without one it does neither. The JOSE library is loaded with
 * the first of them.
 */
@Component(service = {BearerVerifier.class, IssuerSignIn.class})
public final class OidcComponent implements BearerVerifier, IssuerSignIn {

    private static final Logger LOG = LoggerFactory.getLogger(OidcComponent.class);

    private final Optional<Verification> verification;
    private final Optional<SignIn> signIn;

    @Activate
    public OidcComponent(BundleContext context, @Reference InstantSource clock) {
        this(context::getProperty, clock);
    }

    OidcComponent(UnaryOperator<@Nullable String> properties, InstantSource clock) {
        Optional<Issuer> issuer = Optional.empty();
        Optional<SignInSettings> people = Optional.empty();
        try {
            issuer = OidcSettings.read(properties).map(Issuer::new);
            people = SignInSettings.read(properties);
        } catch (IllegalArgumentException e) {
            LOG.error("A setting of the OpenID Connect issuer is wrong, and what needs it is off: {}", e.getMessage());
        }
        this.verification = issuer.filter(known -> !known.settings().audiences().isEmpty())
                .map(known -> new Verification(known, clock));
        Optional<SignInSettings> set = people;
        this.signIn = issuer.flatMap(known -> set.map(client -> new SignIn(known, client, clock, System::nanoTime)));
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

    @Override
    public Optional<URI> callback() {
        return signIn.map(SignIn::callback);
    }

    @Override
    public CompletionStage<BegunSignIn> begin(String returnTo) {
        return signIn.map(each -> each.begin(returnTo)).orElseGet(OidcComponent::notOffered);
    }

    @Override
    public CompletionStage<FinishedSignIn> finish(String ticket, Map<String, String> answer) {
        return signIn.map(each -> each.finish(ticket, answer)).orElseGet(OidcComponent::notOffered);
    }

    private static <T> CompletionStage<T> notOffered() {
        return CompletableFuture.failedFuture(
                new ProblemException(ProblemCode.SIGN_IN_NOT_OFFERED, "This server signs nobody in at an issuer."));
    }

    /** Ends what is under way. */
    @Deactivate
    public void stop() {
        verification.ifPresent(Verification::close);
        signIn.ifPresent(SignIn::close);
    }
}
