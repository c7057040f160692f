package dev.pawl.cli.access;

import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.screen.Fields;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Contains the commands for the tokens by which callers are known. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = "Makes, lists and revokes the tokens by which callers are known.",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExample:%n",
        footer = "  pawl token create ci --role operator --expires-in 90d")
public final class TokenCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private TokenCommand() {}

    public static CommandLine with(Invocation invocation) {
        return new CommandLine(new TokenCommand())
                .addSubcommand(new TokenCreateCommand(invocation))
                .addSubcommand(new TokenListCommand(invocation))
                .addSubcommand(new Revoke(invocation))
                .addSubcommand(new Self(invocation))
                .addSubcommand(new Rotate(invocation));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing: create, list, revoke, self or rotate.");
    }

    /** Ends a token. */
    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Ends a token at once; its open streams are closed.",
            footerHeading = "%nExample:%n",
            footer = "  pawl token revoke 3f9a1c04b27e")
    static final class Revoke extends ApiCommand {
        @Parameters(index = "0", paramLabel = "ID", description = "The token's id; `pawl token list` shows it.")
        private String id = "";

        Revoke(Invocation invocation) {
            super(invocation);
        }

        @Override
        protected int execute(Api api) throws Exception {
            return show(api.delete("/tokens/" + Api.segment(id)), nothing -> screen().line("Revoked " + id + "."));
        }
    }

    /** Shows the token in use. */
    @Command(
            name = "self",
            mixinStandardHelpOptions = true,
            description = "Shows the token that this command uses.",
            footerHeading = "%nExample:%n",
            footer = "  pawl token self")
    static final class Self extends ApiCommand {
        Self(Invocation invocation) {
            super(invocation);
        }

        @Override
        protected int execute(Api api) throws Exception {
            return show(api.get("/tokens/self"), token -> {
                var text = new TokenText(times());
                new Fields()
                        .add("id", JsonTrees.text(token, "id"))
                        .add("name", JsonTrees.text(token, "name"))
                        .add("role", JsonTrees.text(token, "role"))
                        .add("bounds", text.bounds(token))
                        .add("expires", text.expires(token))
                        .lines(screen().terminal())
                        .forEach(screen()::line);
            });
        }
    }

    /** Replaces the admin token of the data folder. */
    @Command(
            name = "rotate",
            mixinStandardHelpOptions = true,
            description = "Replaces the admin token in the server's admin.token; the old one ends at once.",
            footerHeading = "%nExample:%n",
            footer = "  pawl token rotate")
    static final class Rotate extends ApiCommand {
        Rotate(Invocation invocation) {
            super(invocation);
        }

        @Override
        protected int execute(Api api) throws Exception {
            return new SecretOutput(output(), screen())
                    .show(
                            api.post("/tokens/rotate"),
                            "The admin token was replaced, also in admin.token of the server's data folder:");
        }
    }
}
