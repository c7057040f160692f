package dev.pawl.web;

import dev.pawl.web.RefusedCallException.Reason;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The URLs under which a rotating proxy is reached. A URL is {@code http://user:password@host:port} and may hold placeholders:
 *
 * <ul>
 *   <li>{@code {session}}: the session of a call; calls of one session leave from one address. Without a session it is a random one.
 *   <li>{@code {geo}}: the place from which a call shall leave, as it is given: {@code us}, {@code us-ny}, {@code newyork}
 *   <li>{@code {geo_suffix}}: the same as a suffix of a user name: {@code -country-us}, {@code -country-us-state-ny}, {@code
 *       -city-newyork}; nothing when no place is given
 * </ul>
 *
 * <p>Calls with a session use the rotation URL when there is one; a session has no effect on a URL without {@code {session}}. Not
 * modifiable.
 */
public final class ProxyUrls {

    private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9._~-]{1,64}");
    private static final Pattern GEO = Pattern.compile("[A-Za-z0-9_]{1,32}(-[A-Za-z0-9_]{1,32})?");
    private static final String MASK = "********";

    /** Shorter ones would be found in any text by chance. */
    private static final int SHORTEST_SECRET = 4;

    private static final int SHORTEST_BASE64 = 8;
    private static final int HIGHEST_PORT = 65_535;

    private final @Nullable String url;
    private final @Nullable String rotationUrl;

    /**
     * Takes the URLs.
     *
     * @param url the URL for calls without a session; null when there is none
     * @param rotationUrl the URL for calls with a session; null when it is the same
     * @throws IllegalArgumentException when one is no URL of a proxy; it does not repeat the URL, which holds a password
     */
    public ProxyUrls(@Nullable String url, @Nullable String rotationUrl) {
        this.url = blankToNull(url);
        this.rotationUrl = blankToNull(rotationUrl);
        for (String each : all()) {
            parsed(filled(each, "session", "us"));
        }
    }

    /** Whether there is a proxy. */
    public boolean isConfigured() {
        return url != null || rotationUrl != null;
    }

    /** The text without the URLs and the passwords in them, also where a proxy echoes the header with user and password. */
    public String masked(String text) {
        String masked = text;
        for (String secret : secrets()) {
            masked = masked.replace(secret, MASK);
        }
        return masked;
    }

    private List<String> secrets() {
        List<String> secrets = new ArrayList<>();
        for (String each : all()) {
            secrets.add(each);
            String password = parsed(filled(each, "session", "us")).password();
            if (password != null && password.length() >= SHORTEST_SECRET) {
                secrets.add(password);
                secrets.add(each.substring(each.indexOf(':', each.indexOf("://") + 1) + 1, each.lastIndexOf('@')));
                secrets.addAll(inBase64(password.getBytes(StandardCharsets.UTF_8)));
            }
        }
        return secrets;
    }

    /** The Base64 digits that hold bits of the password alone, whatever stands before it. */
    private static List<String> inBase64(byte[] password) {
        List<String> forms = new ArrayList<>();
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + password.length];
            System.arraycopy(password, 0, shifted, before, password.length);
            int first = (before * 8 + 5) / 6;
            int end = shifted.length * 8 / 6;
            if (end - first >= SHORTEST_BASE64) {
                forms.add(Base64.getEncoder().encodeToString(shifted).substring(first, end));
            }
        }
        return forms;
    }

    /**
     * Checks whether a call can go through the proxy.
     *
     * @throws RefusedCallException when none is configured, or the session or the place is not accepted
     */
    public void check(@Nullable String session, @Nullable String geo) throws RefusedCallException {
        address(session, geo);
    }

    /**
     * The proxy of one call.
     *
     * @throws RefusedCallException when none is configured, or the session or the place is not accepted
     */
    public ProxyAddress address(@Nullable String session, @Nullable String geo) throws RefusedCallException {
        String template = url == null || (session != null && rotationUrl != null) ? rotationUrl : url;
        if (template == null) {
            throw new RefusedCallException(Reason.PROXY, "No proxy is configured.");
        }
        refuseUnless(
                session == null || SESSION.matcher(session).matches(),
                "session",
                session,
                "letters, digits and . _ ~ -, at most 64");
        refuseUnless(geo == null || GEO.matcher(geo).matches(), "geo", geo, "a place such as us, us-ny or newyork");
        if (geo != null && !template.contains("{geo")) {
            throw new RefusedCallException(
                    Reason.PROXY, "The proxy's URL has no {geo} or {geo_suffix}, so a call cannot choose its place.");
        }
        if (geo == null && template.contains("{geo}")) {
            throw new RefusedCallException(
                    Reason.PROXY, "The proxy's URL has {geo}, so each call has to name a place.");
        }
        return parsed(
                filled(template, session == null ? UUID.randomUUID().toString().replace("-", "") : session, geo));
    }

    private List<String> all() {
        List<String> all = new ArrayList<>();
        if (url != null) {
            all.add(url);
        }
        if (rotationUrl != null) {
            all.add(rotationUrl);
        }
        return all;
    }

    private static void refuseUnless(boolean accepted, String name, @Nullable String value, String takes)
            throws RefusedCallException {
        if (!accepted) {
            throw new RefusedCallException(
                    Reason.PROXY, "The " + name + " is \"" + value + "\"; it takes " + takes + ".");
        }
    }

    private static String filled(String template, String session, @Nullable String geo) {
        return template.replace("{session}", session)
                .replace("{geo_suffix}", geo == null ? "" : suffix(geo.toLowerCase(Locale.ROOT)))
                .replace("{geo}", geo == null ? "" : geo);
    }

    private static String suffix(String geo) {
        int hyphen = geo.indexOf('-');
        if (hyphen >= 0) {
            return "-country-" + geo.substring(0, hyphen) + "-state-" + geo.substring(hyphen + 1);
        }
        return geo.length() == 2 ? "-country-" + geo : "-city-" + geo;
    }

    private static ProxyAddress parsed(String filled) {
        URI uri;
        try {
            uri = new URI(filled);
        } catch (URISyntaxException malformed) {
            throw unaccepted();
        }
        if (!"http".equalsIgnoreCase(uri.getScheme())
                || uri.getHost() == null
                || uri.getPort() <= 0
                || uri.getPort() > HIGHEST_PORT) {
            throw unaccepted();
        }
        String credentials = uri.getRawUserInfo();
        String host = uri.getHost().replaceAll("[\\[\\]]", "");
        if (credentials == null) {
            return new ProxyAddress(host, uri.getPort(), null, null);
        }
        int colon = credentials.indexOf(':');
        return new ProxyAddress(
                host,
                uri.getPort(),
                decoded(colon < 0 ? credentials : credentials.substring(0, colon)),
                colon < 0 ? null : decoded(credentials.substring(colon + 1)));
    }

    private static IllegalArgumentException unaccepted() {
        return new IllegalArgumentException(
                "The proxy's URL is not accepted; it takes one such as http://user:password@host:port, in which"
                        + " other characters of user and password are percent-encoded.");
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw unaccepted();
        }
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
