package dev.pawl.base.net;

import java.net.URI;

/** Addresses whose answers can be trusted to come from the named host: over TLS, or from this machine. */
public final class SecureUrl {

    private SecureUrl() {}

    /** Whether it is an https URL, or an http one of a loopback address, with a host and without a user. */
    public static boolean isOne(URI url) {
        String host = url.getHost();
        if (host == null || url.getRawUserInfo() != null) {
            return false;
        }
        return "https".equals(url.getScheme()) || ("http".equals(url.getScheme()) && Loopback.isSpelled(host));
    }
}
