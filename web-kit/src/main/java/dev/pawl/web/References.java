package dev.pawl.web;

import dev.pawl.web.RefusedCallException.Reason;
import java.net.URI;
import java.net.URISyntaxException;

/** References to other addresses, as redirects and links have them (RFC 3986, 5.2). */
public final class References {

    private References() {}

    /**
     * The address that the text spells.
     *
     * @throws RefusedCallException when it is none
     */
    public static URI parse(String text) throws RefusedCallException {
        try {
            return withPath(new URI(text.strip()));
        } catch (URISyntaxException malformed) {
            throw new RefusedCallException(
                    Reason.URL,
                    "\"" + text.replaceAll("\\p{Cntrl}", " ") + "\" is no URL: " + malformed.getReason() + ".");
        }
    }

    /**
     * The address to which a reference in an answer leads. {@link URI#resolve} follows the older RFC 2396: it loses the last segment before
     * a reference that is a query alone.
     *
     * @throws RefusedCallException when it leads nowhere
     */
    public static URI resolve(URI base, String reference) throws RefusedCallException {
        String text = reference.strip();
        URI origin = withPath(base);
        if (text.startsWith("?")) {
            text = origin.getRawPath() + text;
        }
        return withoutFragment(withPath(origin.resolve(parse(text))));
    }

    private static URI withPath(URI uri) {
        boolean bare = uri.getRawAuthority() != null && uri.getRawPath().isEmpty();
        return bare ? changed(uri, "/") : uri;
    }

    private static URI withoutFragment(URI uri) {
        return uri.getRawFragment() == null || uri.getRawPath() == null ? uri : changed(uri, uri.getRawPath());
    }

    private static URI changed(URI uri, String path) {
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String scheme = uri.getScheme() == null ? "" : uri.getScheme() + ":";
        String authority = uri.getRawAuthority() == null ? "" : "//" + uri.getRawAuthority();
        return URI.create(scheme + authority + path + query);
    }
}
