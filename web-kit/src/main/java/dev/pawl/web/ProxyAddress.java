package dev.pawl.web;

import org.jspecify.annotations.Nullable;

/**
 * A proxy and the credentials that it takes.
 *
 * @param user the user's name; null when the proxy takes anybody
 * @param password the user's password; null when there is none
 */
public record ProxyAddress(
        String host,
        int port,
        @Nullable String user,
        @Nullable String password) {

    /** Shows host and port alone. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
