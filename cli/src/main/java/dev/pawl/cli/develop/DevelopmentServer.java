package dev.pawl.cli.develop;

import dev.pawl.base.net.Loopback;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.NoServerException;
import dev.pawl.cli.command.EmbeddedServer;
import dev.pawl.cli.command.EmbeddedServer.RefusedException;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.ServerOptions;
import dev.pawl.cli.command.ServerSession;
import dev.pawl.cli.command.ServerSettings;
import dev.pawl.cli.command.UsageException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The server that a module is swapped into: the one that the user named, or one that runs on this machine, or else a temporary one in this
 * process with data of its own. A server elsewhere is used only when it is named: nobody means to try things out on the server of the
 * current context.
 */
final class DevelopmentServer implements AutoCloseable {

    private final ServerOptions options;
    private final Invocation invocation;
    private volatile ServerSession session;

    private DevelopmentServer(ServerOptions options, Invocation invocation, ServerSession session) {
        this.options = options;
        this.invocation = invocation;
        this.session = session;
    }

    /** @param data the folder for the data of a temporary server, which need not be there */
    static DevelopmentServer open(ServerOptions options, boolean temporary, Path data, Invocation invocation)
            throws UsageException, RefusedException, NoServerException {
        Optional<ServerSession> found = temporary ? Optional.empty() : running(options, invocation);
        if (found.isPresent()) {
            return new DevelopmentServer(options, invocation, found.get());
        }
        EmbeddedServer embedded = invocation
                .embedded()
                .orElseThrow(() -> new NoServerException(
                        "No server runs on this machine, and this command was installed without one."
                                + " Name one by --url."));
        return new DevelopmentServer(
                options, invocation, ServerSession.temporary(embedded, settings(data), invocation));
    }

    /** Whatever the environment says for the server of this machine: nothing of that one is opened, and no port of its is taken. */
    private static Map<String, String> settings(Path data) {
        return Map.of(
                ServerSettings.DATA_DIR,
                data.toString(),
                "pawl.db.path",
                data.resolve("pawl.db").toString(),
                "pawl.modules.dir",
                data.resolve("modules").toString(),
                "pawl.kept.versions",
                "1",
                "pawl.trusted.keys",
                "",
                "pawl.health.port",
                "",
                "pawl.otlp.endpoint",
                "",
                "pawl.tls.certificate",
                "",
                "pawl.tls.key",
                "",
                "pawl.tls.keystore",
                "");
    }

    private static Optional<ServerSession> running(ServerOptions options, Invocation invocation)
            throws UsageException, RefusedException, NoServerException {
        if (options.isNamed(invocation)) {
            return Optional.of(ServerSession.found(options, invocation));
        }
        if (!Loopback.isReached(options.find(invocation).url().getHost())) {
            return Optional.empty();
        }
        try {
            return Optional.of(ServerSession.found(options, invocation));
        } catch (NoServerException none) {
            return Optional.empty();
        }
    }

    Api api() {
        return session.api();
    }

    boolean isTemporary() {
        return session.isTemporary();
    }

    /** Looks for the server anew: one that was started again may have another address. Returns whether it answers. */
    boolean isBack() throws UsageException, RefusedException {
        if (isTemporary()) {
            return true;
        }
        try {
            session = ServerSession.found(options, invocation);
            return true;
        } catch (NoServerException gone) {
            return false;
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
