package dev.pawl.cli.notify;

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

/** Lists the notifications. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the notifications by name, with their last messages.",
        footerHeading = "%nExample:%n",
        footer = "  pawl notify list")
final class NotifyListCommand extends ApiCommand {
    private static final int MOST = 100;

    @Option(
            names = "--cursor",
            paramLabel = "TEXT",
            description = "Continues a list of more than " + MOST + " notifications, as that list says at its end.")
    private String cursor = "";

    NotifyListCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        Query query = new Query("/notifications").with("limit", MOST).with("cursor", cursor);
        return show(api.get(query.toString()), this::list);
    }

    private void list(JsonNode page) {
        Table table = new Table()
                .column("NAME", Fit.FLEXIBLE)
                .column("FORMAT", Fit.WHOLE)
                .column("TO", Fit.FLEXIBLE)
                .column("LAST", Fit.WHOLE)
                .column("STATE", Fit.WHOLE);
        JsonTrees.stream(page.path("notifications")).forEach(rule -> row(table, rule));
        screen().table(table, "No notifications.");
        String next = JsonTrees.text(page, "next_cursor");
        if (!next.isEmpty()) {
            screen().note("There are more: pawl notify list --cursor " + next);
        }
    }

    private void row(Table table, JsonNode rule) {
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
