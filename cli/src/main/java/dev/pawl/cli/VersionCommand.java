package dev.pawl.cli;

import com.fasterxml.jackson.databind.JsonNode;
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
        JsonNode version = JsonTrees.object()
                .put("version", Version.number())
                .put("java", Runtime.version().toString());
        output.show(version, invocation.screen(), shown -> invocation
                .screen()
                .line("pawl " + JsonTrees.text(shown, "version") + " (Java " + JsonTrees.text(shown, "java") + ")"));
        return ExitCode.OK;
    }
}
