package dev.pawl.http.auth;

import dev.pawl.service.access.Role;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether the web page that makes a request may do so: only our own pages and those of a listed origin may. Requests of other
 * programs have no Origin and pass; requests of pages without an Origin, such as those for images, are recognised by Sec-Fetch-Site.
 */
public final class OriginCheck {

    private final Set<String> origins;

    /**
     * Creates a check that accepts these origins beside our own.
     *
     * @param origins the origins, such as {@code https://pawl.example.org}, in lower case
     */
    public OriginCheck(Set<String> origins) {
        this.origins = Set.copyOf(origins);
    }

    /**
     * Refuses pages of other origins.
     *
     * @return the other origin whose page may read the answer
     */
    public Optional<String> check(Request request, Role needed) {
        HttpFields headers = request.getHeaders();
        String origin = headers.get("Origin");
        if (origin == null) {
            if (needed != Role.ANYONE && isForeign(headers.get("Sec-Fetch-Site"))) {
                throw refused("A page of another site");
            }
            return Optional.empty();
        }
        if (origins.contains(origin.toLowerCase(Locale.ROOT))) {
            return Optional.of(origin);
        }
        if (!OwnPage.isOrigin(request, origin) && !isBehindTls(request, origin)) {
            throw refused("The page's origin \"" + origin + "\"");
        }
        return Optional.empty();
    }

    /** Whether it is the server's own origin if a proxy that no setting names speaks TLS for it. The other way round it is a stranger's. */
    private static boolean isBehindTls(Request request, String origin) {
        return !request.isSecure()
                && origin.equalsIgnoreCase("https://" + request.getHeaders().get("Host"));
    }

    private static boolean isForeign(@Nullable String site) {
        return "cross-site".equals(site) || "same-site".equals(site);
    }

    private static ProblemException refused(String who) {
        return new ProblemException(ProblemCode.FOREIGN_ORIGIN, who + " may not call this server.");
    }
}
