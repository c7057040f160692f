package dev.pawl.service.job;

import dev.pawl.service.secret.NamedSecrets;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request to be told of a job's end, or of other events, by a POST to an address. Immutable. Every value is checked by its form; whether the
 * address may be reached is another question.
 *
 * @param url the address, by http or https; it is shown to all who see the job
 * @param events the events to be told of, at least one
 * @param secret the name of the secret with which the requests are signed; null for the server's own key
 */
public record Callback(
        String url, Set<CallbackEvent> events, @Nullable String secret) {

    /** The greatest length of an address, in characters. */
    public static final int LONGEST_URL = 2_000;

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int LAST_PORT = 65_535;

    /** Checks the values; an {@link IllegalArgumentException} names the field. */
    public Callback {
        checkUrl(url);
        if (events.isEmpty()) {
            throw new IllegalArgumentException(
                    "callback_events is empty; it takes running, completed, failed or stopped, or is left out.");
        }
        events = Collections.unmodifiableSet(EnumSet.copyOf(events));
        if (secret != null && !NamedSecrets.NAME.matcher(secret).matches()) {
            throw new IllegalArgumentException(
                    "callback_secret takes the name of a secret that the server keeps, not its value:"
                            + " `pawl secret list` shows the names.");
        }
    }

    /** The address. */
    public URI uri() {
        return URI.create(url);
    }

    /** The host and the port of the address, such as {@code ci.example.com:443}: deliveries to the same one are limited together. */
    public String host() {
        URI uri = uri();
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return (host.endsWith(".") ? host.substring(0, host.length() - 1) : host) + ":" + port(uri);
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equalsIgnoreCase(uri.getScheme()) ? HTTPS_PORT : HTTP_PORT;
    }

    /** Nothing of an address that is refused for a password in it is in a message. */
    private static void checkUrl(String url) {
        if (url.isBlank() || url.length() > LONGEST_URL) {
            throw new IllegalArgumentException(
                    "callback_url has " + url.length() + " characters; it takes 1 to " + LONGEST_URL + ".");
        }
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("callback_url is no URL: " + e.getReason() + ".", e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("callback_url takes an address that begins with http:// or https://.");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "callback_url carries a user name or password; it takes none: the signature says who calls.");
        }
        boolean isCallable = uri.getHost() != null && !uri.getHost().contains("%"); // a zone is of this machine alone
        if (!isCallable || uri.getPort() > LAST_PORT || uri.getPort() == 0) {
            throw new IllegalArgumentException(
                    "callback_url has no host that can be called; it takes a name of letters, digits and hyphens (others take"
                            + " their xn-- spelling) or an address, and a port of 1 to " + LAST_PORT + ".");
        }
        if (uri.getRawFragment() != null) {
            throw new IllegalArgumentException("callback_url has a #fragment, which no server gets; leave it out.");
        }
    }
}
