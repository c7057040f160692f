package dev.pawl.cli.hook;

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

/** Lists the hooks. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the hooks by name, with their last calls.",
        footerHeading = "%nExample:%n",
        footer = "  pawl hook list")
final class HookListCommand extends ApiCommand {
    private static final int MOST = 100;

    @Option(
            names = "--cursor",
            paramLabel = "TEXT",
            description = "Continues a list of more than " + MOST + " hooks, as that list says at its end.")
    private String cursor = "";

    HookListCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        Query query = new Query("/hooks").with("limit", MOST).with("cursor", cursor);
        return show(api.get(query.toString()), this::list);
    }

    private void list(JsonNode page) {
        Table table = new Table()
                .column("NAME", Fit.FLEXIBLE)
                .column("SCHEME", Fit.WHOLE)
                .column("LAST", Fit.WHOLE)
                .column("OUTCOME", Fit.WHOLE)
                .column("JOB", Fit.FLEXIBLE);
        JsonTrees.stream(page.path("hooks")).forEach(hook -> row(table, hook));
        screen().table(table, "No hooks.");
        String next = JsonTrees.text(page, "next_cursor");
        if (!next.isEmpty()) {
            screen().note("There are more: pawl hook list --cursor " + next);
        }
    }

    private void row(Table table, JsonNode hook) {
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
