package dev.pawl.fetch;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.web.HostPatterns;
import dev.pawl.web.HostRules;
import dev.pawl.web.ProxyUrls;
import dev.pawl.web.TrustedCertificates;
import dev.pawl.web.WebClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The settings of requests through the proxy, as properties of the framework. */
record FetchSettings(String url, String rotationUrl, String hosts, String authorities) {

    /** Reads the properties by name; null when one is not set. */
    static FetchSettings read(UnaryOperator<@Nullable String> properties) {
        return new FetchSettings(
                text(properties.apply("pawl.proxy.url")),
                text(properties.apply("pawl.proxy.rotation.url")),
                text(properties.apply("pawl.proxy.hosts")),
                text(properties.apply("pawl.proxy.ca")));
    }

    /**
     * A client for them.
     *
     * @throws ProblemException when one is missing or not accepted; it repeats no URL of a proxy, which holds a password
     */
    WebClient client() {
        List<String> allowed = Stream.of(hosts.split(",", -1))
                .map(String::strip)
                .filter(host -> !host.isEmpty())
                .toList();
        try {
            ProxyUrls proxies = new ProxyUrls(url, rotationUrl);
            if (!proxies.isConfigured() || allowed.isEmpty()) {
                throw off("Requests through a proxy are off: "
                        + (proxies.isConfigured() ? "no host is allowed." : "no proxy is configured."));
            }
            HostRules rules = new HostRules(HostPatterns.of(allowed), HostPatterns.of(List.of()));
            return new WebClient(rules, proxies, new TrustedCertificates(pem()), "pawl-fetch-watch");
        } catch (IllegalArgumentException e) {
            throw off("Requests through a proxy are off, since a setting is not accepted: " + e.getMessage());
        } catch (IOException e) {
            throw off("Requests through a proxy are off, since the file " + authorities
                    + " of PAWL_PROXY_CA cannot be read.");
        }
    }

    private String pem() throws IOException {
        return authorities.isEmpty() ? "" : Files.readString(Path.of(authorities));
    }

    private static ProblemException off(String detail) {
        return new ProblemException(ProblemCode.PROXY_OFF, detail);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }

    /** Shows no URL, which holds a password. */
    @Override
    public String toString() {
        return "FetchSettings[" + hosts + "]";
    }
}
