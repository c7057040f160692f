package dev.pawl.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Json;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes all that a server keeps into one file. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = "Writes jobs, modules and settings to one file, also while the server runs.",
        footerHeading = "%nExample:%n",
        footer = "  pawl backup ~/pawl-monday.backup")
final class BackupCommand extends UpkeepCommand {
    @Parameters(paramLabel = "FILE", description = "Where to; on the server's disk when one runs.")
    private Path file = Path.of("");

    @Option(names = "--force", description = "Replaces a file that is there.")
    private boolean force;

    BackupCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    JsonNode execute() throws Exception {
        return either(
                "backup",
                Map.of(
                        "file", file.toAbsolutePath().normalize().toString(),
                        "replace", Boolean.toString(force)));
    }

    @Override
    void report(JsonNode answer) {
        screen().line("Backed up to " + Json.text(answer, "file") + " (" + Json.text(answer, "bytes") + " bytes, "
                + Json.text(answer, "artifacts") + " module bundles).");
    }
}
