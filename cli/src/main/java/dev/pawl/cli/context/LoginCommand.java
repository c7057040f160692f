package dev.pawl.cli.context;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.base.net.Loopback;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.client.NoServerException;
import dev.pawl.cli.client.ProblemAnswerException;
import dev.pawl.cli.client.ServerAddress;
import dev.pawl.cli.client.ServerAddress.Origin;
import dev.pawl.cli.command.Context;
import dev.pawl.cli.command.ContextFile;
import dev.pawl.cli.command.Contexts;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.ServerOptions;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.input.TextSource;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks a token with its server, and keeps both as a context. */
@Command(
        name = "login",
        mixinStandardHelpOptions = true,
        description = "Keeps a server's address and a token for it, once the server has accepted the token.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pawl login https://pawl.example.org",
            "  pawl login https://pawl.example.org --name work --token-file token.txt",
            "",
            "The token is asked for, or read from standard input when that is a pipe. It is kept in the user's",
            "configuration folder, readable by its owner alone."
        })
public final class LoginCommand implements Callable<Integer> {
    private static final int UNKNOWN_ROUTE = 404;

    @Parameters(paramLabel = "URL", description = "The server's address.")
    private String url = "";

    @Option(names = "--name", paramLabel = "NAME", description = "A name for it. Default: its host.")
    private String name = "";

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Reads the token from a file; - is standard input.")
    private String tokenFile = "";

    private final Invocation invocation;

    public LoginCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws UsageException, NoServerException, ProblemAnswerException {
        URI server = ServerOptions.parse(url);
        String chosen = name.isEmpty() ? server.getHost() : name;
        if (!Context.isName(chosen)) {
            throw new UsageException("--name is \"" + chosen + "\"; it takes " + Context.NAMES + ".");
        }
        ContextFile file = ContextFile.of(invocation.environment());
        Contexts contexts = file.read();
        warnOfPlainText(server);
        String token = token();
        ServerAddress address = new ServerAddress(server, Origin.OPTION, token, false, Path.of(""));
        String who = who(new Api(ServerOptions.trusted(address, invocation)));
        file.write(contexts.with(new Context(chosen, server, token)));
        invocation.screen().line("Logged in to " + server + who + ". The context \"" + chosen + "\" is current now.");
        return ExitCode.OK;
    }

    private void warnOfPlainText(URI server) {
        if ("http".equals(server.getScheme()) && !Loopback.isReached(server.getHost())) {
            invocation
                    .screen()
                    .note("The token goes to " + server + " in plain text: everybody on the way can read it.");
        }
    }

    private String token() throws UsageException {
        String token = tokenFile.isEmpty() && invocation.prompt().isPossible()
                ? invocation.prompt().askSecretly("Token:").orElse("")
                : TextSource.resolve("@" + (tokenFile.isEmpty() ? "-" : tokenFile))
                        .strip();
        if (token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new UsageException("The token is empty or holds more than one word; give the token alone.");
        }
        return token;
    }

    /** Asks the server whose token it is; older servers only tell whether they accept it. */
    private static String who(Api api) throws NoServerException, ProblemAnswerException {
        try {
            JsonNode self = api.get("/tokens/self").json();
            return " as " + JsonTrees.text(self, "name") + " (" + JsonTrees.text(self, "role") + ")";
        } catch (ProblemAnswerException e) {
            if (e.status() != UNKNOWN_ROUTE) {
                throw e;
            }
            api.get("/status");
            return "";
        }
    }
}
