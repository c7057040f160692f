package dev.pawl.cli.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.input.Query;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.Table;
import dev.pawl.cli.screen.Table.Fit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the schedules. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the schedules by name, with their next times.",
        footerHeading = "%nExample:%n",
        footer = "  pawl schedule list")
final class ScheduleListCommand extends ApiCommand {
    private static final int MOST = 100;

    @Option(
            names = "--cursor",
            paramLabel = "TEXT",
            description = "Continues a list of more than " + MOST + " schedules, as that list says at its end.")
    private String cursor = "";

    ScheduleListCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        Query query = new Query("/schedules").with("limit", MOST).with("cursor", cursor);
        return show(api.get(query.toString()), this::list);
    }

    private void list(JsonNode page) {
        Table table = new Table()
                .column("NAME", Fit.FLEXIBLE)
                .column("NEXT", Fit.WHOLE)
                .column("LAST", Fit.WHOLE)
                .column("STATUS", Fit.WHOLE)
                .column("WHEN", Fit.FLEXIBLE);
        JsonTrees.stream(page.path("schedules")).forEach(schedule -> row(table, schedule));
        screen().table(table, "No schedules.");
        String next = JsonTrees.text(page, "next_cursor");
        if (!next.isEmpty()) {
            screen().note("There are more: pawl schedule list --cursor " + next);
        }
    }

    private void row(Table table, JsonNode schedule) {
        String status = JsonTrees.text(schedule, "last_status");
        table.row(
                new Cell(JsonTrees.text(schedule, "name"), Colour.BOLD),
                schedule.path("paused").asBoolean()
                        ? new Cell("paused", Colour.YELLOW)
                        : Cell.of(times().moment(JsonTrees.text(schedule, "next_at"))),
                Cell.of(times().moment(JsonTrees.text(schedule, "last_at"))),
                Cell.status(status.isEmpty() ? "-" : status),
                Cell.of(JsonTrees.text(schedule, "sentence")));
    }
}
