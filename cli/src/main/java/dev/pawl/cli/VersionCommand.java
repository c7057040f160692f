package dev.pawl.cli;

import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.OutputOption;
import dev.pawl.cli.command.Version;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the version. */
@Command(
        name = "version",
        mixinStandardHelpOptions = true,
        description = "Shows the version of this command and its Java.",
        footerHeading = "%nExample:%n",
        footer = "  pawl version")
final class VersionCommand implements Callable<Integer> {
    @Mixin
    private final OutputOption output = new OutputOption();

    private final Invocation invocation;

    VersionCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        String java = Runtime.version().toString();
        invocation
                .screen()
                .line(
                        output.isJson()
                                ? JsonTrees.object()
                                        .put("version", Version.number())
                                        .put("java", java)
                                        .toString()
                                : "pawl " + Version.number() + " (Java " + java + ")");
        return ExitCode.OK;
    }
}
