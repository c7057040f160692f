package dev.pawl.cli.tls;

import dev.pawl.cli.command.Invocation;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Contains the commands for the server's certificate. */
@Command(
        name = "tls",
        mixinStandardHelpOptions = true,
        description = "Makes certificates for the server.",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExample:%n",
        footer = "  pawl tls self-signed --host pawl.example.org")
public final class TlsCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private TlsCommand() {}

    public static CommandLine with(Invocation invocation) {
        return new CommandLine(new TlsCommand()).addSubcommand(new SelfSignedCommand(invocation));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing: self-signed.");
    }
}
