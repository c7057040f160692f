package dev.pawl.samples.http;

import dev.pawl.api.module.ValidationException;
import dev.pawl.web.HostPatterns;
import dev.pawl.web.HostRules;
import dev.pawl.web.ProxyUrls;
import dev.pawl.web.RefusedCallException;
import dev.pawl.web.TrustedCertificates;
import dev.pawl.web.WebClient;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The hosts and credentials that the settings give to a task. */
final class Access {

    private final HostRules rules;
    private final ProxyUrls proxies;
    private final TrustedCertificates trust;
    private final Credentials credentials;

    /** Reads the settings. */
    Access(HttpSettings settings) throws ValidationException {
        HostPatterns allowed = patterns("allowed_hosts", settings.allowedHosts());
        rules = new HostRules(allowed, patterns("private_hosts", settings.privateHosts()));
        credentials = new Credentials(settings);
        try {
            proxies = new ProxyUrls(settings.proxyUrl(), settings.proxyRotationUrl());
            trust = new TrustedCertificates(
                    settings.trustedCertificates() == null ? "" : settings.trustedCertificates());
        } catch (IllegalArgumentException e) {
            throw new ValidationException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Reads a list of hosts. */
    static HostPatterns patterns(String setting, @Nullable List<String> texts) throws ValidationException {
        try {
            return HostPatterns.of(texts == null ? List.of() : texts);
        } catch (IllegalArgumentException e) {
            throw new ValidationException("The setting " + setting + ": " + e.getMessage(), e);
        }
    }

    HostRules rules() {
        return rules;
    }

    ProxyUrls proxies() {
        return proxies;
    }

    Credentials credentials() {
        return credentials;
    }

    /** The text without the secrets of the proxy's URLs, which the server knows only as whole URLs. */
    String masked(String text) {
        return proxies.masked(text);
    }

    WebClient client() {
        return new WebClient(rules, proxies, trust, "http-watch");
    }

    /** The refusal in a sentence, with what an admin can do about it. */
    static String advice(RefusedCallException refused, URI url) {
        String host = url.getHost() == null ? "example.com" : url.getHost();
        return refused.getMessage()
                + switch (refused.reason()) {
                    case HOST ->
                        " An admin adds it: `pawl module settings http -s 'allowed_hosts=[\"" + host + "\"]'`.";
                    case ADDRESS ->
                        " An admin who means it adds the name or its network:"
                                + " `pawl module settings http -s 'private_hosts=[\"" + host + "\"]'`.";
                    case PROXY ->
                        " An admin configures the proxy by the settings proxy_url and proxy_rotation_url of the module http.";
                    case URL, ANSWER -> "";
                };
    }
}
