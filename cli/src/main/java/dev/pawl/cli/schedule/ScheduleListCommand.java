package dev.pawl.cli.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.named.NamedListCommand;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.Table;
import dev.pawl.cli.screen.Table.Fit;
import picocli.CommandLine.Command;

/** Lists the schedules. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the schedules by name, with their next times.",
        footerHeading = "%nExample:%n",
        footer = "  pawl schedule list")
final class ScheduleListCommand extends NamedListCommand {
    ScheduleListCommand(Invocation invocation) {
        super(invocation, "schedules", "pawl schedule list");
    }

    @Override
    protected Table columns() {
        return new Table()
                .column("NAME", Fit.FLEXIBLE)
                .column("NEXT", Fit.WHOLE)
                .column("LAST", Fit.WHOLE)
                .column("STATUS", Fit.WHOLE)
                .column("WHEN", Fit.FLEXIBLE);
    }

    @Override
    protected void row(Table table, JsonNode schedule) {
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
