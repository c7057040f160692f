package dev.pawl.cli.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.client.ProblemAnswerException;
import dev.pawl.cli.command.Invocation;
import dev.pawl.launch.UpkeepWork;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a backup of everything that a server keeps. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = "Writes jobs, modules and settings to one file, even while the server is running.",
        footerHeading = "%nExample:%n",
        footer = "  pawl backup ~/pawl-monday.backup")
public final class BackupCommand extends UpkeepCommand {
    /** The code of the problem that no backup may be written there. */
    private static final String REFUSED = "PAWL-604";

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description =
                    "The file, on the server's disk when one is running. Default: a new file in the folder backups of the data folder.")
    private @Nullable Path file;

    @Option(names = "--force", description = "Replaces a backup that is there.")
    private boolean force;

    public BackupCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected JsonNode execute() throws Exception {
        Map<String, String> arguments = new HashMap<>(Map.of("replace", Boolean.toString(force)));
        if (file != null) {
            arguments.put("file", file.toAbsolutePath().normalize().toString());
        }
        try {
            return either(UpkeepWork.BACKUP, arguments);
        } catch (ProblemAnswerException e) {
            throw REFUSED.equals(e.code()) && !force
                    ? e.withRemedy("Name another file; --force replaces a backup that is there.")
                    : e;
        }
    }

    @Override
    void report(JsonNode answer) {
        screen().line("Backed up to " + JsonTrees.text(answer, "file") + " (" + JsonTrees.text(answer, "bytes")
                + " bytes, " + JsonTrees.text(answer, "artifacts") + " module bundles).");
    }
}
