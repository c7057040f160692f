package dev.pawl.web;

import dev.pawl.web.RefusedCallException.Reason;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request to an HTTP server.
 *
 * @param method GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS
 * @param url the address that is called first
 * @param headers the headers by name, each sent once; they go to other origins only as far as they say nothing about the caller
 * @param body the content; null for none
 */
public record WebRequest(
        String method,
        URI url,
        Map<String, String> headers,
        @Nullable Content body) {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+"); // RFC 9110, 5.6.2
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\xa0-\\xff]*"); // RFC 9110, 5.5
    private static final Set<String> OWN = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "upgrade",
            "te",
            "trailer",
            "expect",
            "proxy-authorization",
            "proxy-connection");

    /** Headers that go along to another origin, since they do not identify anybody. */
    private static final Set<String> HARMLESS =
            Set.of("accept", "accept-language", "accept-encoding", "user-agent", "content-type");

    public WebRequest {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /**
     * Checks method and headers.
     *
     * @throws RefusedCallException names what is not accepted; a header's value is not repeated
     */
    public WebRequest checked() throws RefusedCallException {
        if (!METHODS.contains(method)) {
            throw new RefusedCallException(
                    Reason.URL,
                    "The method is \"" + method + "\"; it takes GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS.");
        }
        for (Map.Entry<String, String> header : headers.entrySet()) {
            String name = header.getKey();
            if (!TOKEN.matcher(name).matches()) {
                throw new RefusedCallException(
                        Reason.URL, "\"" + name.replaceAll("\\p{Cntrl}", " ") + "\" is no name of a header.");
            }
            if (OWN.contains(name.toLowerCase(Locale.ROOT))) {
                throw new RefusedCallException(
                        Reason.URL, "The header " + name + " cannot be given; the client sets it where it is needed.");
            }
            if (!VALUE.matcher(header.getValue()).matches()) {
                throw new RefusedCallException(
                        Reason.URL,
                        "The value of the header " + name
                                + " has a character that a header cannot carry, such as a line break.");
            }
        }
        return this;
    }

    /** Whether a header is given, in any spelling. */
    public boolean has(String name) {
        return headers.keySet().stream().anyMatch(name::equalsIgnoreCase);
    }

    /** The request that follows a redirect (RFC 9110, 15.4). */
    WebRequest redirected(int status, URI target) {
        boolean keepsMethod = status == 307 || status == 308 || method.equals("HEAD") || method.equals("GET");
        boolean becomesGet = !keepsMethod && (status == 303 || method.equals("POST"));
        Map<String, String> kept = new LinkedHashMap<>(headers);
        if (becomesGet) {
            kept.keySet().removeIf("content-type"::equalsIgnoreCase);
        }
        return new WebRequest(becomesGet ? "GET" : method, url, kept, becomesGet ? null : body).to(target);
    }

    /** The same request to another address; headers that may identify the caller do not go to another origin. */
    public WebRequest to(URI target) {
        Map<String, String> kept = new LinkedHashMap<>(headers);
        if (!isSameOrigin(url, target)) {
            kept.keySet().removeIf(name -> !HARMLESS.contains(name.toLowerCase(Locale.ROOT)));
        }
        return new WebRequest(method, target, kept, body);
    }

    /** The same request with more headers, which replace those of the same name. */
    public WebRequest with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        more.forEach((name, value) -> {
            all.keySet().removeIf(name::equalsIgnoreCase);
            all.put(name, value);
        });
        return new WebRequest(method, url, all, body);
    }

    /** Whether two URLs have the same scheme, host and port. */
    public static boolean isSameOrigin(URI one, URI other) {
        return String.valueOf(one.getScheme()).equalsIgnoreCase(String.valueOf(other.getScheme()))
                && String.valueOf(one.getHost()).equalsIgnoreCase(String.valueOf(other.getHost()))
                && HostRules.port(one) == HostRules.port(other);
    }
}
