package dev.pawl.cli.notify;

import dev.pawl.cli.client.Api;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.named.NamedCommand;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Colour;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Contains the commands for notifications. */
@Command(
        name = "notify",
        mixinStandardHelpOptions = true,
        description = "Tells people and programs of jobs: sets, lists, tries and removes notifications.",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pawl notify set ops --on failed,completed_after_failing --slack @slack-url.txt",
            "  pawl notify test ops",
            "  pawl notify deliveries ops"
        })
public final class NotifyCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private NotifyCommand() {}

    public static CommandLine with(Invocation invocation) {
        return new CommandLine(new NotifyCommand())
                .addSubcommand(new NotifyListCommand(invocation))
                .addSubcommand(new NotifyShowCommand(invocation))
                .addSubcommand(new NotifySetCommand(invocation))
                .addSubcommand(new Remove(invocation))
                .addSubcommand(new NotifyTestCommand(invocation))
                .addSubcommand(new NotifyDeliveriesCommand(invocation));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "A command is missing: list, show, set, rm, test or deliveries.");
    }

    /** The state of a message in its colour. */
    static Cell state(String state) {
        return new Cell(
                state.isEmpty() ? "-" : state,
                switch (state) {
                    case "delivered" -> Colour.GREEN;
                    case "failed" -> Colour.RED;
                    default -> Colour.YELLOW;
                });
    }

    /** A command for one notification. */
    abstract static class OfOne extends NamedCommand {
        OfOne(Invocation invocation) {
            super(invocation, "/notifications");
        }
    }

    /** Removes a notification. */
    @Command(
            name = "rm",
            aliases = "remove",
            mixinStandardHelpOptions = true,
            description = "Removes a notification with its messages, also those that wait.",
            footerHeading = "%nExample:%n",
            footer = "  pawl notify rm ops")
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
