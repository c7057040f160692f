package dev.pawl.oidc;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.ResourceRetriever;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The issuer: its metadata, and the public keys that they lead to. It is asked when it is first needed, so that a server starts without it. The keys
 * are kept for five minutes and asked for again when a token names another one, but not more often than twice in half a minute, so that made-up
 * tokens cause no flood at the issuer. While the issuer cannot be reached, the ones that are known stay valid for a day. Safe for use by several
 * threads, each of which may wait for the issuer.
 */
final class Issuer {

    private static final Logger LOG = LoggerFactory.getLogger(Issuer.class);
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final int TIMEOUT_MS = (int) Duration.ofSeconds(5).toMillis();
    private static final int MOST_BYTES = 1 << 20;
    private static final long KEPT_MS = Duration.ofMinutes(5).toMillis();
    private static final long REFRESH_TIMEOUT_MS = Duration.ofSeconds(15).toMillis();
    private static final long KEYS_PAUSE_MS = Duration.ofSeconds(30).toMillis();
    private static final long OUTAGE_MS = Duration.ofDays(1).toMillis();

    private final OidcSettings settings;
    private @Nullable Known known;
    private @Nullable ProblemException trouble;
    private long troubleSince;

    /** Its metadata, as it has said them. */
    record Known(IssuerMetadata metadata, JWKSource<SecurityContext> keys) {}

    Issuer(OidcSettings settings) {
        this.settings = settings;
    }

    OidcSettings settings() {
        return settings;
    }

    /**
     * The issuer's metadata and keys, asked for once. Within some seconds after it could not be reached, the callers are told so without another
     * try.
     *
     * @throws ProblemException {@code ISSUER_UNAVAILABLE}
     */
    synchronized Known known() {
        Known told = known;
        if (told == null) {
            told = ask();
            known = told;
        }
        return told;
    }

    private Known ask() {
        ProblemException before = trouble;
        if (before != null && System.nanoTime() - troubleSince < PAUSE_NANOS) {
            throw before;
        }
        try {
            ResourceRetriever http = new DefaultResourceRetriever(TIMEOUT_MS, TIMEOUT_MS, MOST_BYTES);
            IssuerMetadata metadata = IssuerMetadata.ask(settings, http);
            trouble = null;
            return new Known(
                    metadata,
                    JWKSourceBuilder.create(metadata.keys().toURL(), http)
                            .cache(KEPT_MS, REFRESH_TIMEOUT_MS)
                            .refreshAheadCache(false)
                            .rateLimited(KEYS_PAUSE_MS)
                            .outageTolerant(OUTAGE_MS)
                            .build());
        } catch (IOException e) {
            ProblemException problem = new ProblemException(
                    ProblemCode.ISSUER_UNAVAILABLE,
                    "The issuer " + settings.issuer() + " cannot be asked for its keys: " + e.getMessage(),
                    e);
            if (trouble == null) {
                LOG.warn("{}", problem.getMessage());
            }
            trouble = problem;
            troubleSince = System.nanoTime();
            throw problem;
        }
    }
}
