package dev.pawl.http.auth;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Tells the requests of the server's own pages from those of other pages, which a browser sends with the same cookies. Browsers name the origin
 * of a page with each request that could change something, and its relation to the server with each request over TLS or on this machine; a
 * page can forge neither.
 */
public final class OwnPage {

    private static final String SAME = "same-origin";

    /** A person has entered the address. */
    private static final String NO_PAGE = "none";

    private OwnPage() {}

    /** Whether an origin is the server's own, as the client sees it: with its scheme, host and port. */
    public static boolean isOrigin(Request request, String origin) {
        return origin.equalsIgnoreCase(address(request));
    }

    /** Refuses a request of another page; one that no page made passes. */
    public static void refuseOthers(Request request) {
        HttpFields headers = request.getHeaders();
        String origin = headers.get(HttpHeader.ORIGIN);
        String site = headers.get("Sec-Fetch-Site");
        if (origin != null && !isOrigin(request, origin)) {
            throw refused("comes from a page of \"" + origin + "\"", request);
        }
        if (site != null && !site.equals(SAME) && !site.equals(NO_PAGE)) {
            throw refused("comes from a page of another origin", request);
        }
    }

    /** Refuses a request that an own page has not certainly made. */
    public static void require(Request request) {
        refuseOthers(request);
        HttpFields headers = request.getHeaders();
        if (headers.get(HttpHeader.ORIGIN) == null && !isSame(headers.get("Sec-Fetch-Site"))) {
            throw refused("does not say from which page it comes", request);
        }
    }

    private static boolean isSame(@Nullable String site) {
        return SAME.equals(site);
    }

    /** The address of the server as the client sees it. */
    public static String address(Request request) {
        return (request.isSecure() ? "https://" : "http://")
                + request.getHeaders().get(HttpHeader.HOST);
    }

    private static ProblemException refused(String why, Request request) {
        return new ProblemException(
                ProblemCode.FOREIGN_ORIGIN,
                "The request " + why + "; with a session, only pages of " + address(request)
                        + " may call. Behind a proxy, PAWL_TRUSTED_PROXIES must name it; programs use a token instead.");
    }
}
