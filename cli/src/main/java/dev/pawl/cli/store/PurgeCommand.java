package dev.pawl.cli.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.base.duration.DurationText;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.UsageException;
import dev.pawl.launch.UpkeepWork;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Removes old jobs. */
@Command(
        name = "purge",
        mixinStandardHelpOptions = true,
        description = "Removes jobs that ended some time ago, with their logs and results.",
        footerHeading = "%nExample:%n",
        footer = "  pawl purge --older-than 30d --status completed --dry-run")
public final class PurgeCommand extends UpkeepCommand {
    @Option(
            names = "--older-than",
            required = true,
            paramLabel = "AGE",
            description = "Only jobs that ended longer ago than this, such as 12h or 30d.")
    private String olderThan = "";

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            description = "completed, failed, stopped, or several separated by commas. Default: all three.")
    private String status = "completed,failed,stopped";

    @Option(names = "--dry-run", description = "Only counts them.")
    private boolean dryRun;

    public PurgeCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected JsonNode execute() throws Exception {
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("older_than", DurationText.exact(age(olderThan)));
        arguments.put("status", status);
        arguments.put("dry_run", Boolean.toString(dryRun));
        return either(UpkeepWork.PURGE, arguments);
    }

    @Override
    void report(JsonNode answer) {
        String jobs = JsonTrees.text(answer, "total") + (answer.path("total").asLong() == 1 ? " job" : " jobs");
        screen().line(dryRun ? jobs + " would be removed." : jobs + " removed.");
    }

    private static Duration age(String text) throws UsageException {
        return DurationText.parse(text)
                .orElseThrow(() ->
                        new UsageException("--older-than is \"" + text + "\"; it takes an age such as 12h or 30d."));
    }
}
