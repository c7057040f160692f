package dev.pawl.cli.client;

import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The expected address of a server.
 *
 * @param url its base URL, without a slash at the end
 * @param origin where the address comes from
 * @param token the token for it; null when none was found
 * @param guarded whether the token is that of the data folder, which is sent only to a server that proves knowledge of it
 * @param dataDir the data folder in which the token, and perhaps the URL, were looked up
 * @param authorities the certificates that are trusted instead of the usual authorities; none for the usual ones
 */
public record ServerAddress(
        URI url,
        Origin origin,
        @Nullable String token,
        boolean guarded,
        Path dataDir,
        List<X509Certificate> authorities) {

    public ServerAddress {
        authorities = List.copyOf(authorities);
    }

    /** An address whose certificate, if it has one, is signed by a usual authority. */
    public ServerAddress(URI url, Origin origin, @Nullable String token, boolean guarded, Path dataDir) {
        this(url, origin, token, guarded, dataDir, List.of());
    }

    /** A copy with other authorities. */
    public ServerAddress trusting(List<X509Certificate> others) {
        return new ServerAddress(url, origin, token, guarded, dataDir, others);
    }

    /** A copy without a token. */
    ServerAddress open() {
        return new ServerAddress(url, origin, null, false, dataDir, authorities);
    }

    /** A copy for a server that has proved knowledge of the token. */
    ServerAddress proven() {
        return new ServerAddress(url, origin, token, false, dataDir, authorities);
    }

    /** The sources of a server's address. */
    public enum Origin {
        /** The user, by an option or PAWL_URL. */
        OPTION,
        /** The server itself, in its data folder. */
        FILE,
        /** The settings that a server started here would have. */
        SETTINGS,
        /** This command, which started it. */
        STARTED
    }

    /** The URI of a path of the API. */
    URI resolve(String pathAndQuery) {
        return URI.create(url + pathAndQuery);
    }

    @Override
    public String toString() {
        return url + " (" + origin + ")"; // never the token
    }
}
