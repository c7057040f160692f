package dev.pawl.cli.module;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.input.Query;
import dev.pawl.cli.input.Range;
import dev.pawl.cli.job.JobText;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.Table;
import dev.pawl.cli.screen.Table.Fit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the history of a module. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = "Shows the changes made or attempted to a module: by whom, from which version to which.",
        footerHeading = "%nExample:%n",
        footer = "  pawl module history hello")
final class ModuleHistoryCommand extends ApiCommand {
    private static final Range LIMIT = new Range(1, 1_000);

    @Parameters(paramLabel = "ID", description = "The module's id.")
    private String module = "";

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "NUMBER",
            description = "The greatest number of changes, 1 to 1000. Default: ${DEFAULT-VALUE}.")
    private int limit = 100;

    ModuleHistoryCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        LIMIT.check("-n", limit);
        Query query = new Query("/modules/" + Api.segment(module) + "/history").with("limit", limit);
        return show(api.get(query.toString()), answer -> list(answer.path("history")));
    }

    private void list(JsonNode lines) {
        Table table = new Table()
                .column("AT", Fit.WHOLE)
                .column("ACTION", Fit.WHOLE)
                .column("VERSION", Fit.FLEXIBLE)
                .column("OUTCOME", Fit.WHOLE)
                .column("BY", Fit.FLEXIBLE)
                .column("SHA-256", Fit.WHOLE);
        JsonTrees.stream(lines).forEach(line -> table.row(
                        Cell.of(times().moment(JsonTrees.text(line, "at"))),
                        new Cell(JsonTrees.text(line, "action"), Colour.BOLD),
                        Cell.of(versions(JsonTrees.text(line, "from"), JsonTrees.text(line, "to"))),
                        Cell.status(JsonTrees.text(line, "outcome")),
                        Cell.of(JsonTrees.text(line, "by")),
                        new Cell(JobText.shortId(JsonTrees.text(line, "sha256")), Colour.DIM))
                .note(JsonTrees.text(line, "detail")));
        screen().table(table, "The module " + module + " has no history.");
    }

    private static String versions(String from, String to) {
        return from.isEmpty() || from.equals(to) ? to : to.isEmpty() ? from : from + " → " + to;
    }
}
