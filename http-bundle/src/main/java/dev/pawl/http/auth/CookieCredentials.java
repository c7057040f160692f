package dev.pawl.http.auth;

import java.util.Optional;
import org.eclipse.jetty.server.Request;

/** The credentials that browsers keep in cookies. Asked only about requests without a token. Safe for use by several threads. */
@FunctionalInterface
public interface CookieCredentials {

    /**
     * The credential of a request; empty when it has none in a cookie.
     *
     * @param changing whether the request may change something, so that it must prove to come from one of the server's own pages
     * @throws dev.pawl.service.problem.ProblemException {@code UNAUTHORIZED} when the credential has ended, {@code FOREIGN_ORIGIN} when a page
     *     of somebody else may have sent the request
     */
    Optional<Credential> find(Request request, boolean changing);
}
