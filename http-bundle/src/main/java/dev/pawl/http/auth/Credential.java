package dev.pawl.http.auth;

import dev.pawl.service.access.Principal;

/** The token of a request, or the leave to do without one; it ends when the token is revoked or expires. Safe for use by several threads. */
public interface Credential {

    /** The identity that it stands for. */
    Principal principal();

    /** Whether it has not ended: what goes on after its request, such as a stream, ends with it. */
    boolean isInForce();

    /** Whether a browser keeps it, so that its requests are those of a person. */
    default boolean isOfBrowser() {
        return false;
    }

    /** A credential without an end. */
    static Credential endless(Principal principal) {
        return new Credential() {
            @Override
            public Principal principal() {
                return principal;
            }

            @Override
            public boolean isInForce() {
                return true;
            }
        };
    }
}
