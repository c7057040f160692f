package dev.pawl.cli.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.Answer;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a token. Its secret is the only line of the output, so that a pipe can take it. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = "Makes a token and prints its secret, which is shown this once.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pawl token create ci --role operator --expires-in 90d",
            "  pawl token create gpu --role worker --module ffmpeg > token.txt"
        })
final class TokenCreateCommand extends ApiCommand {
    /** The roles of tokens. */
    enum TokenRole {
        /** Reads. */
        VIEWER,
        /** Starts and stops jobs, too. */
        OPERATOR,
        /** Changes modules and tokens, too. */
        ADMIN,
        /** Takes jobs from the queue, in the name of the workers called like the token. */
        WORKER
    }

    @Parameters(index = "0", paramLabel = "NAME", description = "A name for people and for histories.")
    private String name = "";

    @Option(
            names = "--role",
            required = true,
            paramLabel = "ROLE",
            description = "viewer, operator, admin or worker. A worker's token speaks for the workers whose id is NAME "
                    + "or begins with it, such as NAME-1.")
    private TokenRole role = TokenRole.VIEWER;

    @Option(names = "--expires-in", paramLabel = "TIME", description = "When it ends, such as 30d; by default never.")
    private String expiresIn = "";

    @Option(
            names = "--module",
            paramLabel = "ID",
            description = "A module that it may touch, several times for several; by default all.")
    private List<String> modules = new ArrayList<>();

    @Option(names = "--own-jobs", description = "Lets it see and touch only jobs that it started.")
    private boolean ownJobs;

    TokenCreateCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        ObjectNode body = JsonTrees.object();
        body.put("name", name);
        body.put("role", role.name().toLowerCase(Locale.ROOT));
        if (!expiresIn.isEmpty()) {
            body.put("expires_in", expiresIn);
        }
        if (!modules.isEmpty()) {
            body.set("modules", JsonTrees.of(modules));
        }
        if (ownJobs) {
            body.put("own_jobs", true);
        }
        Answer issued = api.post("/tokens", body);
        return new SecretOutput(output(), screen()).show(issued, explanation(issued.json()));
    }

    private String explanation(JsonNode token) {
        String expires = new TokenText(times()).expires(token);
        return "Token " + JsonTrees.text(token, "id") + " \"" + JsonTrees.text(token, "name") + "\", "
                + JsonTrees.text(token, "role") + (expires.equals("never") ? "" : ", expires " + expires)
                + ". The server keeps no copy of its secret:";
    }
}
