package dev.pawl.cli.notify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.named.NamedListCommand;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.Table;
import dev.pawl.cli.screen.Table.Fit;
import picocli.CommandLine.Command;

/** Lists the notifications. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the notifications by name, with their last messages.",
        footerHeading = "%nExample:%n",
        footer = "  pawl notify list")
final class NotifyListCommand extends NamedListCommand {
    NotifyListCommand(Invocation invocation) {
        super(invocation, "notifications", "pawl notify list");
    }

    @Override
    protected Table columns() {
        return new Table()
                .column("NAME", Fit.FLEXIBLE)
                .column("FORMAT", Fit.WHOLE)
                .column("TO", Fit.FLEXIBLE)
                .column("LAST", Fit.WHOLE)
                .column("STATE", Fit.WHOLE);
    }

    @Override
    protected void row(Table table, JsonNode rule) {
        JsonNode last = rule.path("last_message");
        table.row(
                new Cell(JsonTrees.text(rule, "name"), Colour.BOLD),
                Cell.of(JsonTrees.text(rule, "format")),
                Cell.of(NotifyShowCommand.target(rule)),
                Cell.of(times().moment(JsonTrees.text(last, "last_at"))),
                rule.path("paused").asBoolean()
                        ? new Cell("paused", Colour.YELLOW)
                        : NotifyCommand.state(JsonTrees.text(last, "state")));
    }
}
