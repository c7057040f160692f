package dev.pawl.cli.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.base.duration.DurationText;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.UsageException;
import dev.pawl.launch.UpkeepWork;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Removes old jobs. */
@Command(
        name = "purge",
        mixinStandardHelpOptions = true,
        description = "Removes jobs that ended some time ago, with their logs and results.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pawl purge --older-than 30d --status completed --dry-run",
            "  pawl purge --older-than 30d --yes",
            "",
            "At a terminal it asks before it removes anything. In a script it removes jobs unasked, but for an age of 0,",
            "which takes --yes."
        })
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

    @Option(names = "--yes", description = "Does not ask.")
    private boolean meant;

    private final Invocation invocation;

    public PurgeCommand(Invocation invocation) {
        super(invocation);
        this.invocation = invocation;
    }

    @Override
    protected JsonNode execute() throws Exception {
        Duration age = age(olderThan);
        if (dryRun) {
            return purge(age, true);
        }
        if (!meant && (age.isZero() || invocation.prompt().isPossible())) {
            JsonNode forecast = purge(age, true);
            if (forecast.path("total").asLong() > 0) {
                confirm(age, jobs(forecast));
            }
        }
        return purge(age, false);
    }

    private JsonNode purge(Duration age, boolean isForecast) throws Exception {
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("older_than", DurationText.exact(age));
        arguments.put("status", status);
        arguments.put("dry_run", Boolean.toString(isForecast));
        return either(UpkeepWork.PURGE, arguments);
    }

    private void confirm(Duration age, String jobs) throws UsageException {
        Optional<String> answer =
                invocation.prompt().ask("Remove " + jobs + " with their logs and results, for good? [y/N]");
        if (answer.isEmpty() && age.isZero()) {
            throw new UsageException("--older-than " + olderThan + " removes all " + jobs
                    + " that have ended, and there is nobody to ask; say --yes if that is meant.");
        }
        if (answer.isPresent() && !answer.get().toLowerCase(Locale.ROOT).startsWith("y")) {
            throw new UsageException("Nothing was removed.");
        }
    }

    @Override
    void report(JsonNode answer) {
        screen().line(dryRun ? jobs(answer) + " would be removed." : jobs(answer) + " removed.");
    }

    private static String jobs(JsonNode answer) {
        return JsonTrees.text(answer, "total") + (answer.path("total").asLong() == 1 ? " job" : " jobs");
    }

    private static Duration age(String text) throws UsageException {
        return DurationText.parse(text)
                .orElseThrow(() ->
                        new UsageException("--older-than is \"" + text + "\"; it takes an age such as 12h or 30d."));
    }
}
