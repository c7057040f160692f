package dev.pawl.cli.access;

import dev.pawl.cli.client.Api;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Contains the commands for the secrets that the server keeps by name. */
@Command(
        name = "secret",
        mixinStandardHelpOptions = true,
        description = "Sets, lists and removes secrets, to which settings and jobs refer by name.",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pawl secret set smtp.password",
            "  pawl module settings mail -s 'password=$${secret:smtp.password}'"
        })
public final class SecretCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private SecretCommand() {}

    public static CommandLine with(Invocation invocation) {
        return new CommandLine(new SecretCommand())
                .addSubcommand(new SecretSetCommand(invocation))
                .addSubcommand(new SecretListCommand(invocation))
                .addSubcommand(new Remove(invocation));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing: set, list or rm.");
    }

    /** Removes a secret. */
    @Command(
            name = "rm",
            mixinStandardHelpOptions = true,
            description = "Removes a secret; a job that needs it later fails.",
            footerHeading = "%nExample:%n",
            footer = "  pawl secret rm smtp.password")
    static final class Remove extends ApiCommand {
        @Parameters(index = "0", paramLabel = "NAME", description = "The secret's name.")
        private String name = "";

        Remove(Invocation invocation) {
            super(invocation);
        }

        @Override
        protected int execute(Api api) throws Exception {
            return show(api.delete("/secrets/" + Api.segment(name)), nothing -> screen().line("Removed " + name + "."));
        }
    }
}
