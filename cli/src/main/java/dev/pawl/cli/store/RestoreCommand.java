package dev.pawl.cli.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.Invocation;
import dev.pawl.launch.UpkeepWork;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Replaces a server's data by a backup. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = "Restores a backup; the server must be stopped. The former data is kept aside.",
        footerHeading = "%nExample:%n",
        footer = "  pawl restore ~/pawl-monday.backup")
public final class RestoreCommand extends UpkeepCommand {
    @Parameters(paramLabel = "FILE", description = "What `pawl backup` wrote.")
    private Path file = Path.of("");

    public RestoreCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected JsonNode execute() throws Exception {
        return here(
                UpkeepWork.RESTORE,
                Map.of("file", file.toAbsolutePath().normalize().toString()));
    }

    @Override
    void report(JsonNode answer) {
        screen().line("Restored " + JsonTrees.text(answer, "file") + ".");
        screen().line("The former data is in " + JsonTrees.text(answer, "replaced") + ".");
    }
}
