package dev.pawl.cli.hook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.named.NamedListCommand;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.Table;
import dev.pawl.cli.screen.Table.Fit;
import picocli.CommandLine.Command;

/** Lists the hooks. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the hooks by name, with their last calls.",
        footerHeading = "%nExample:%n",
        footer = "  pawl hook list")
final class HookListCommand extends NamedListCommand {
    HookListCommand(Invocation invocation) {
        super(invocation, "hooks", "pawl hook list");
    }

    @Override
    protected Table columns() {
        return new Table()
                .column("NAME", Fit.FLEXIBLE)
                .column("SCHEME", Fit.WHOLE)
                .column("LAST", Fit.WHOLE)
                .column("OUTCOME", Fit.WHOLE)
                .column("JOB", Fit.FLEXIBLE);
    }

    @Override
    protected void row(Table table, JsonNode hook) {
        JsonNode last = hook.path("last_call");
        table.row(
                new Cell(JsonTrees.text(hook, "name"), Colour.BOLD),
                Cell.of(JsonTrees.text(hook, "scheme")),
                Cell.of(times().moment(JsonTrees.text(last, "at"))),
                hook.path("paused").asBoolean()
                        ? new Cell("paused", Colour.YELLOW)
                        : HookDeliveriesCommand.outcome(JsonTrees.text(last, "outcome")),
                Cell.of(JsonTrees.text(hook.path("job"), "job_title")));
    }
}
