package dev.pawl.cli.command;

import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.NoServerException;
import dev.pawl.cli.client.ProblemAnswerException;
import dev.pawl.cli.client.ServerAddress;
import dev.pawl.cli.client.ServerAddress.Origin;
import dev.pawl.cli.command.EmbeddedServer.Options;
import dev.pawl.cli.command.EmbeddedServer.RefusedException;
import dev.pawl.cli.command.EmbeddedServer.Running;
import dev.pawl.cli.screen.Colour;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The server of a command: a running one, or a temporary one in this process, which ends with the session. */
public final class ServerSession implements AutoCloseable {
    private final Api api;
    private final Optional<Running> temporary;

    private ServerSession(Api api, Optional<Running> temporary) {
        this.api = api;
        this.temporary = temporary;
    }

    /**
     * Finds a server that answers, or starts one on the same data folder.
     *
     * @throws NoServerException when none answers and none may be started, because the user named an address, or the command was installed
     *         without the server
     */
    public static ServerSession open(ServerOptions options, Invocation invocation)
            throws UsageException, RefusedException, NoServerException {
        Api api = new Api(options.find(invocation));
        try {
            find(api);
            return new ServerSession(api, Optional.empty());
        } catch (NoServerException e) {
            if (api.address().origin() == Origin.OPTION || invocation.embedded().isEmpty()) {
                throw e;
            }
            return temporary(invocation.embedded().get(), options.flags(), invocation);
        }
    }

    /** A session with a running server. */
    public static ServerSession found(ServerOptions options, Invocation invocation)
            throws UsageException, RefusedException, NoServerException {
        Api api = new Api(options.find(invocation));
        find(api);
        return new ServerSession(api, Optional.empty());
    }

    public Api api() {
        return api;
    }

    public boolean isTemporary() {
        return temporary.isPresent();
    }

    @Override
    public void close() {
        temporary.ifPresent(Running::close);
    }

    /** Checks that a server answers. A refusal is ignored here: the actual request will be refused too, with a better message. */
    public static void find(Api api) throws NoServerException {
        try {
            api.get("/status");
        } catch (ProblemAnswerException e) {
            ServerAddress address = api.address();
            boolean another = e.status() == 401 && address.origin() == Origin.SETTINGS && address.token() == null;
            if (another || e.status() == 404) {
                throw new NoServerException(
                        "The program at " + address.url() + " is not the server of " + address.dataDir() + ".", e);
            }
        }
    }

    /**
     * Starts a server in this process, which ends with the session.
     *
     * @param settings its settings by property name; its address is on this machine, and its port a free one, whatever they say
     */
    public static ServerSession temporary(EmbeddedServer embedded, Map<String, String> settings, Invocation invocation)
            throws RefusedException {
        invocation.screen().passing(invocation.screen().paint(Colour.DIM, "Starting a temporary server …"));
        Map<String, String> flags = new HashMap<>(settings);
        flags.put(ServerSettings.API_HOST, "127.0.0.1");
        flags.put(ServerSettings.API_PORT, "0");
        Running running = embedded.start(new Options(flags, false, false));
        invocation.screen().clear();
        ServerAddress address = ServerOptions.started(
                running.url(), ServerSettings.of(invocation, flags).dataDir());
        return new ServerSession(new Api(address), Optional.of(running));
    }
}
