package dev.pawl.cli.hook;

import dev.pawl.cli.client.Api;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.named.NamedCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Contains the commands for hooks. */
@Command(
        name = "hook",
        mixinStandardHelpOptions = true,
        description = "Starts jobs by calls from outside: sets, lists, tries and removes hooks.",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pawl hook set deploy --scheme github --secret @secret.txt hello -m name=/repository/name",
            "  pawl hook test deploy --body payload.json --header X-GitHub-Event=push",
            "  pawl hook deliveries deploy"
        })
public final class HookCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private HookCommand() {}

    public static CommandLine with(Invocation invocation) {
        return new CommandLine(new HookCommand())
                .addSubcommand(new HookListCommand(invocation))
                .addSubcommand(new HookShowCommand(invocation))
                .addSubcommand(new HookSetCommand(invocation))
                .addSubcommand(new Remove(invocation))
                .addSubcommand(new HookDeliveriesCommand(invocation))
                .addSubcommand(new HookTestCommand(invocation));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "A command is missing: list, show, set, rm, deliveries or test.");
    }

    /** A command for one hook. */
    abstract static class OfOne extends NamedCommand {
        OfOne(Invocation invocation) {
            super(invocation, "/hooks");
        }
    }

    /** Removes a hook. */
    @Command(
            name = "rm",
            aliases = "remove",
            mixinStandardHelpOptions = true,
            description = "Removes a hook and the history of its calls; its jobs stay.",
            footerHeading = "%nExample:%n",
            footer = "  pawl hook rm deploy")
    static final class Remove extends OfOne {
        Remove(Invocation invocation) {
            super(invocation);
        }

        @Override
        protected int execute(Api api) throws Exception {
            return remove(api);
        }
    }
}
