package dev.pawl.cli.command;

import dev.pawl.base.net.Loopback;
import dev.pawl.cli.client.ServerAddress;
import dev.pawl.cli.client.ServerAddress.Origin;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that select the server. */
public final class ServerOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The server's address. Default: PAWL_URL, else the one in the data folder's server.url, else"
                    + " PAWL_API_HOST and PAWL_API_PORT.")
    private @Nullable String url;

    @Option(
            names = "--data-dir",
            paramLabel = "FOLDER",
            description =
                    "The server's data folder, with its address and its token. Default: PAWL_DATA_DIR, else ~/.pawl.")
    private @Nullable Path dataDir;

    /** The options as settings of a server. */
    public Map<String, String> flags() {
        return dataDir == null
                ? Map.of()
                : Map.of(
                        ServerSettings.DATA_DIR,
                        dataDir.toAbsolutePath().normalize().toString());
    }

    /** The address of the server and its token. */
    public ServerAddress find(Invocation invocation) throws UsageException, EmbeddedServer.RefusedException {
        ServerSettings settings = ServerSettings.of(invocation, flags());
        String named = url != null ? url : invocation.environment().getOrDefault("PAWL_URL", "");
        Optional<URI> left = read(settings.dataDir().resolve("server.url")).flatMap(ServerOptions::readable);
        if (!named.isEmpty()) {
            URI uri = parse(named);
            boolean own = left.filter(uri::equals).isPresent() || Loopback.isReached(uri.getHost());
            return address(invocation, uri, Origin.OPTION, settings.dataDir(), own);
        }
        return left.isPresent()
                ? address(invocation, left.get(), Origin.FILE, settings.dataDir(), true)
                : address(invocation, settings.url(), Origin.SETTINGS, settings.dataDir(), true);
    }

    /** The address of a server that this process started. */
    static ServerAddress started(Invocation invocation, URI url, Path dataDir) {
        return address(invocation, url, Origin.STARTED, dataDir, true);
    }

    /** The token of the data folder is only for its own server: it is never sent to another given address. */
    private static ServerAddress address(Invocation invocation, URI url, Origin origin, Path dataDir, boolean own) {
        String given = invocation.environment().getOrDefault("PAWL_TOKEN", "");
        Optional<String> token =
                !given.isEmpty() ? Optional.of(given) : own ? read(dataDir.resolve("admin.token")) : Optional.empty();
        boolean guarded = given.isEmpty() && origin != Origin.STARTED;
        return new ServerAddress(url, origin, token.orElse(null), guarded, dataDir);
    }

    private static URI parse(String text) throws UsageException {
        return readable(text)
                .orElseThrow(() -> new UsageException(
                        "The server's address is \"" + text + "\"; it takes one such as http://127.0.0.1:8420."));
    }

    private static Optional<URI> readable(String text) {
        try {
            URI uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return http && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> read(Path file) {
        try {
            String text = Files.readString(file).strip();
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // not readable by this user: the server's answer will say what is missing
        }
    }
}
