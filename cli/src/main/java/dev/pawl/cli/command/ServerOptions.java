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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that select the server. */
public final class ServerOptions {
    @Option(
            names = {"--server", "--url"},
            paramLabel = "URL",
            description =
                    "The server's address. Default: PAWL_SERVER, else that of the context, else the one in the data"
                            + " folder's server.url, else PAWL_API_HOST and PAWL_API_PORT.")
    private @Nullable String url;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "A server of `pawl login`. Default: PAWL_CONTEXT, else the current one of `pawl context`.")
    private @Nullable String context;

    @Option(
            names = "--data-dir",
            paramLabel = "FOLDER",
            description =
                    "The server's data folder, with its address and its token. Default: PAWL_DATA_DIR, else ~/.pawl.")
    private @Nullable Path dataDir;

    @Option(
            names = "--cacert",
            paramLabel = "FILE",
            description = "A PEM file with the server's certificate or its authority. Default: PAWL_CACERT, else the"
                    + " authorities that Java trusts.")
    private @Nullable Path authorities;

    /** The options as settings of a server. */
    public Map<String, String> flags() {
        return dataDir == null
                ? Map.of()
                : Map.of(
                        ServerSettings.DATA_DIR,
                        dataDir.toAbsolutePath().normalize().toString());
    }

    /** Whether the user named one server for this command: by an option, or in the environment. */
    public boolean isNamed(Invocation invocation) {
        return url != null
                || context != null
                || dataDir != null
                || Stream.of("PAWL_SERVER", "PAWL_URL", "PAWL_CONTEXT")
                        .anyMatch(name ->
                                !invocation.environment().getOrDefault(name, "").isEmpty());
    }

    /** The data folder of the server. */
    public Path dataDir(Invocation invocation) throws EmbeddedServer.RefusedException {
        return ServerSettings.of(invocation, flags()).dataDir();
    }

    /** The address of the server, its token, and who must have signed its certificate. */
    public ServerAddress find(Invocation invocation) throws UsageException, EmbeddedServer.RefusedException {
        ServerAddress found = located(invocation);
        return authorities != null ? found.trusting(Authorities.read(authorities)) : trusted(found, invocation);
    }

    /** An address with the authorities that the environment names, if it names any. */
    public static ServerAddress trusted(ServerAddress address, Invocation invocation) throws UsageException {
        String named = invocation.environment().getOrDefault("PAWL_CACERT", "");
        return named.isEmpty() ? address : address.trusting(Authorities.read(Path.of(named)));
    }

    /**
     * The command line goes before the environment, that before what is kept in files; a data folder that is named goes before the current
     * context.
     */
    private ServerAddress located(Invocation invocation) throws UsageException, EmbeddedServer.RefusedException {
        Map<String, String> environment = invocation.environment();
        ServerSettings settings = ServerSettings.of(invocation, flags());
        if (url != null) {
            return named(invocation, url, settings.dataDir());
        }
        if (context != null) {
            Context chosen = contexts(invocation).named(context);
            return of(chosen, chosen.token(), settings.dataDir()); // named on the command line, as PAWL_TOKEN is not
        }
        String server = environment.getOrDefault("PAWL_SERVER", environment.getOrDefault("PAWL_URL", ""));
        if (!server.isEmpty()) {
            return named(invocation, server, settings.dataDir());
        }
        Optional<Context> chosen = chosen(invocation);
        if (chosen.isPresent()) {
            String given = environment.getOrDefault("PAWL_TOKEN", "");
            return of(chosen.get(), given.isEmpty() ? chosen.get().token() : given, settings.dataDir());
        }
        Optional<URI> left = left(settings.dataDir());
        return left.isPresent()
                ? address(invocation, left.get(), Origin.FILE, settings.dataDir(), true)
                : address(invocation, settings.url(), Origin.SETTINGS, settings.dataDir(), true);
    }

    private Optional<Context> chosen(Invocation invocation) throws UsageException {
        String name = invocation.environment().getOrDefault("PAWL_CONTEXT", "");
        if (!name.isEmpty()) {
            return Optional.of(contexts(invocation).named(name));
        }
        boolean local = dataDir != null
                || !invocation.environment().getOrDefault("PAWL_DATA_DIR", "").isEmpty();
        return local ? Optional.empty() : contexts(invocation).currentOne();
    }

    private static Contexts contexts(Invocation invocation) throws UsageException {
        return ContextFile.of(invocation.environment()).read();
    }

    private static ServerAddress of(Context context, String token, Path dataDir) {
        return new ServerAddress(context.server(), Origin.OPTION, token.isEmpty() ? null : token, false, dataDir);
    }

    /** The address that a user named: of a server of this machine, of one that the user has logged in to, or of a stranger. */
    private static ServerAddress named(Invocation invocation, String text, Path dataDir) throws UsageException {
        URI uri = parse(text);
        boolean own = left(dataDir).filter(uri::equals).isPresent() || Loopback.isReached(uri.getHost());
        Optional<String> kept =
                invocation.environment().getOrDefault("PAWL_TOKEN", "").isEmpty()
                        ? contexts(invocation).tokenOf(uri)
                        : Optional.empty();
        return kept.isPresent()
                ? new ServerAddress(uri, Origin.OPTION, kept.get(), false, dataDir)
                : address(invocation, uri, Origin.OPTION, dataDir, own);
    }

    private static Optional<URI> left(Path dataDir) {
        return read(dataDir.resolve("server.url")).flatMap(ServerOptions::readable);
    }

    /** The address of a server that this process started, whatever token the environment has for another one. */
    public static ServerAddress started(URI url, Path dataDir) {
        return new ServerAddress(
                url, Origin.STARTED, read(dataDir.resolve("admin.token")).orElse(null), false, dataDir);
    }

    /** The token of the data folder is only for its own server: it is never sent to another given address. */
    private static ServerAddress address(Invocation invocation, URI url, Origin origin, Path dataDir, boolean own) {
        String given = invocation.environment().getOrDefault("PAWL_TOKEN", "");
        Optional<String> token =
                !given.isEmpty() ? Optional.of(given) : own ? read(dataDir.resolve("admin.token")) : Optional.empty();
        return new ServerAddress(url, origin, token.orElse(null), given.isEmpty(), dataDir);
    }

    /** The base URL that a user named. */
    public static URI parse(String text) throws UsageException {
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
