package dev.pawl.cli.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.input.Query;
import dev.pawl.cli.input.Range;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.Table;
import dev.pawl.cli.screen.Table.Fit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the due times of all schedules. */
@Command(
        name = "upcoming",
        mixinStandardHelpOptions = true,
        description = "Lists the times of all schedules in a range, by default the next day.",
        footerHeading = "%nExample:%n",
        footer = "  pawl schedule upcoming --to 2026-12-24T18:00:00+01:00")
final class ScheduleUpcomingCommand extends ApiCommand {
    private static final Range LIMIT = new Range(1, 1_000);

    @Option(names = "--from", paramLabel = "TIME", description = "The beginning of the range. Default: now.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Its end. Default: a day after its beginning.")
    private @Nullable String to;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "NUMBER",
            description = "The greatest number of times, 1 to 1000. Default: ${DEFAULT-VALUE}.")
    private int limit = 100;

    ScheduleUpcomingCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        LIMIT.check("-n", limit);
        TimingOptions.requireTime("--from", from);
        TimingOptions.requireTime("--to", to);
        Query query = new Query("/schedules/upcoming")
                .with("limit", limit)
                .with("from", from == null ? "" : from)
                .with("to", to == null ? "" : to);
        return show(api.get(query.toString()), this::list);
    }

    private void list(JsonNode page) {
        Table table = new Table().column("DUE", Fit.WHOLE).column("SCHEDULE", Fit.FLEXIBLE);
        JsonTrees.stream(page.path("fires"))
                .forEach(fire -> table.row(
                        Cell.of(times().toCome(JsonTrees.text(fire, "due_at"))),
                        new Cell(JsonTrees.text(fire, "schedule"), Colour.BOLD)));
        screen().table(table, "No schedule is due in that time.");
        if (page.path("fires").size() == limit) {
            screen().note("There may be more: give --from the last time, or a greater -n.");
        }
    }
}
