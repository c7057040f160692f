package dev.pawl.oidc;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of the issuer (OpenID Connect Discovery 1.0), as far as it matters here.
 *
 * @param keys where its keys are
 * @param authorization where people sign in; null when they cannot
 * @param token where a code is exchanged; null when it cannot be
 * @param namesItself whether each of its answers to a browser says from which issuer it is (RFC 9207)
 * @param clientAuthentication the ways by which clients may prove themselves; empty when it does not say
 */
record IssuerMetadata(
        URI keys,
        @Nullable URI authorization,
        @Nullable URI token,
        boolean namesItself,
        List<String> clientAuthentication) {

    private static final int MOST_BYTES = 1 << 20;

    IssuerMetadata {
        clientAuthentication = List.copyOf(clientAuthentication);
    }

    /**
     * Asks the issuer for it.
     *
     * @throws IOException when it cannot be reached, or its answer is not that of this issuer
     */
    static IssuerMetadata ask(OidcSettings settings, ResourceRetriever http) throws IOException {
        String text = http.retrieveResource(settings.metadata().toURL()).getContent();
        try {
            Map<String, Object> metadata = JSONObjectUtils.parse(text, MOST_BYTES);
            String issuer = JSONObjectUtils.getString(metadata, "issuer");
            if (!settings.issuer().toString().equals(issuer)) {
                throw new IOException("It says that it is \"" + issuer + "\".");
            }
            List<String> ways = JSONObjectUtils.getStringList(metadata, "token_endpoint_auth_methods_supported");
            return new IssuerMetadata(
                    OidcSettings.url(String.valueOf(JSONObjectUtils.getString(metadata, "jwks_uri"))),
                    url(metadata, "authorization_endpoint"),
                    url(metadata, "token_endpoint"),
                    Boolean.TRUE.equals(metadata.get("authorization_response_iss_parameter_supported")),
                    ways == null ? List.of() : ways);
        } catch (ParseException | IllegalArgumentException e) {
            throw new IOException("Its metadata cannot be read: " + e.getMessage(), e);
        }
    }

    private static @Nullable URI url(Map<String, Object> metadata, String name) throws ParseException {
        String text = JSONObjectUtils.getString(metadata, name);
        return text == null ? null : OidcSettings.url(text);
    }
}
