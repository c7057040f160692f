package dev.pawl.http.session;

import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * A cookie of the server. Its name holds the port, since browsers send the cookies of one port to all ports of a host. Over TLS it has the prefix
 * with which browsers take it from this very host alone (RFC 6265bis, 4.1.3.2).
 *
 * @param name the name without the prefix and the port
 * @param sameSite the navigations from other sites with which it is sent: {@code Strict} for none, {@code Lax} for those by which a person comes
 */
public record BrowserCookie(String name, String sameSite) {

    /** The cookie of a session. */
    public static final BrowserCookie SESSION = new BrowserCookie("pawl", "Strict");

    /** The cookie that ties a sign-in at the issuer to the browser in which it began; the issuer's page leads back. */
    public static final BrowserCookie SIGN_IN = new BrowserCookie("pawl_sign_in", "Lax");

    /** The value that a request has for it. */
    public Optional<String> read(Request request) {
        String wanted = nameFor(request) + "=";
        for (HttpField header : request.getHeaders()) {
            if (header.getHeader() == HttpHeader.COOKIE && header.getValue() != null) {
                for (String cookie : header.getValue().split(";", -1)) {
                    if (cookie.strip().startsWith(wanted)) {
                        return Optional.of(cookie.strip().substring(wanted.length()));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** The header that sets it. */
    public String set(Request request, String value, Duration kept) {
        return nameFor(request) + "=" + value + "; Path=/; Max-Age=" + kept.toSeconds() + "; HttpOnly; SameSite="
                + sameSite + (request.isSecure() ? "; Secure" : "");
    }

    /** The header that removes it. */
    public String remove(Request request) {
        return set(request, "", Duration.ZERO);
    }

    private String nameFor(Request request) {
        return (request.isSecure() ? "__Host-" : "") + name + "_" + Request.getServerPort(request);
    }
}
