package dev.pawl.oidc;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;

/**
 * The public keys of the issuer, found through its metadata. They are kept for five minutes and asked for again when a token names another
 * one, but not more often than twice in half a minute, so that made-up tokens cause no flood at the issuer. While the issuer cannot be
 * reached, the ones that are known stay valid for a day.
 */
final class IssuerKeys {

    private static final int TIMEOUT_MS = (int) Duration.ofSeconds(5).toMillis();
    private static final int MOST_BYTES = 1 << 20;
    private static final long KEPT_MS = Duration.ofMinutes(5).toMillis();
    private static final long REFRESH_TIMEOUT_MS = Duration.ofSeconds(15).toMillis();
    private static final long PAUSE_MS = Duration.ofSeconds(30).toMillis();
    private static final long OUTAGE_MS = Duration.ofDays(1).toMillis();

    private IssuerKeys() {}

    /**
     * Asks the issuer where its keys are.
     *
     * @throws IOException when it cannot be reached, or its answer is not that of this issuer
     */
    static JWKSource<SecurityContext> of(OidcSettings settings) throws IOException {
        ResourceRetriever http = new DefaultResourceRetriever(TIMEOUT_MS, TIMEOUT_MS, MOST_BYTES);
        URI keys = keys(settings, http);
        return JWKSourceBuilder.create(keys.toURL(), http)
                .cache(KEPT_MS, REFRESH_TIMEOUT_MS)
                .refreshAheadCache(false)
                .rateLimited(PAUSE_MS)
                .outageTolerant(OUTAGE_MS)
                .build();
    }

    private static URI keys(OidcSettings settings, ResourceRetriever http) throws IOException {
        String text = http.retrieveResource(settings.metadata().toURL()).getContent();
        try {
            var metadata = JSONObjectUtils.parse(text, MOST_BYTES);
            String issuer = JSONObjectUtils.getString(metadata, "issuer");
            if (!settings.issuer().toString().equals(issuer)) {
                throw new IOException("It says that it is \"" + issuer + "\".");
            }
            return OidcSettings.url(String.valueOf(JSONObjectUtils.getString(metadata, "jwks_uri")));
        } catch (ParseException | IllegalArgumentException e) {
            throw new IOException("Its metadata cannot be read: " + e.getMessage(), e);
        }
    }
}
