package dev.pawl.samples.http;

import dev.pawl.api.module.ValidationException;
import dev.pawl.web.HostPatterns;
import dev.pawl.web.HostRules;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The headers with credentials, and the hosts that get them. */
final class Credentials {

    private final Map<String, String> headers = new LinkedHashMap<>();
    private final HostPatterns hosts;

    /** Reads the settings. */
    Credentials(HttpSettings settings) throws ValidationException {
        if (settings.bearerToken() != null && settings.basicPassword() != null) {
            throw new ValidationException(
                    "The settings bearer_token and basic_password are both given; a request has one Authorization.");
        }
        if (settings.bearerToken() != null) {
            headers.put("Authorization", "Bearer " + settings.bearerToken());
        }
        if (settings.basicPassword() != null) {
            String pair = (settings.basicUser() == null ? "" : settings.basicUser()) + ":" + settings.basicPassword();
            headers.put(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        if (settings.apiKey() != null) {
            headers.put(settings.apiKeyHeader(), settings.apiKey());
        }
        List<String> allowed = settings.allowedHosts() == null ? List.of() : settings.allowedHosts();
        hosts = settings.credentialHosts() == null
                ? Access.patterns("allowed_hosts", allowed).withoutWildcards()
                : Access.patterns("credential_hosts", settings.credentialHosts());
    }

    /** Whether there are credentials that a host does not get. */
    boolean areWithheldFrom(URI url) {
        return !headers.isEmpty() && !hosts.match(url.getHost(), HostRules.port(url));
    }

    /** The headers for a host; none when it does not get them. */
    Map<String, String> of(URI url) {
        return areWithheldFrom(url) ? Map.of() : headers;
    }
}
