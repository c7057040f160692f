package dev.pawl.cli.client;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a server should be.
 *
 * @param url its base URL, without a slash at the end
 * @param origin who said so
 * @param token what opens it; null when there is none to be found
 * @param guarded whether the token is the data folder's, and sent only to a server that proves to have it
 * @param dataDir the data folder that the token, and the URL perhaps, were looked for in
 */
public record ServerAddress(
        URI url, Origin origin, @Nullable String token, boolean guarded, Path dataDir) {

    /** The same without a token. */
    ServerAddress open() {
        return new ServerAddress(url, origin, null, false, dataDir);
    }

    /** The same, once it has proved to have the token. */
    ServerAddress proven() {
        return new ServerAddress(url, origin, token, false, dataDir);
    }

    /** Who named a server. */
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

    /** The address of something the API offers. */
    URI resolve(String pathAndQuery) {
        return URI.create(url + pathAndQuery);
    }

    @Override
    public String toString() {
        return url + " (" + origin + ")"; // never the token
    }
}
