package dev.pawl.cli.store;

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
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the documents that the server keeps for modules. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the documents of all modules, or of one.",
        footerHeading = "%nExamples:%n",
        footer = {"  pawl data list", "  pawl data list hello"})
final class DataListCommand extends ApiCommand {
    private static final Range LIMIT = new Range(1, 1_000);

    @Parameters(paramLabel = "MODULE", arity = "0..1", description = "The module's id. Default: all.")
    private String module = "";

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "NUMBER",
            description = "The greatest number of documents, 1 to 1000. Default: ${DEFAULT-VALUE}.")
    private int limit = 100;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Goes on where the page before ended.")
    private String cursor = "";

    DataListCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        LIMIT.check("-n", limit);
        Query query = new Query(module.isEmpty() ? "/data" : "/data/" + Api.segment(module))
                .with("limit", limit)
                .with("cursor", cursor);
        return show(api.get(query.toString()), this::list);
    }

    private void list(JsonNode page) {
        Table table = new Table()
                .column("MODULE", Fit.FLEXIBLE)
                .column("NAME", Fit.FLEXIBLE)
                .column("BYTES", Fit.NUMBER)
                .column("CHANGED", Fit.WHOLE);
        JsonTrees.stream(page.path("documents"))
                .forEach(document -> table.row(
                        new Cell(JsonTrees.text(document, "module"), Colour.BOLD),
                        Cell.of(JsonTrees.text(document, "name")),
                        Cell.of(JsonTrees.text(document, "size")),
                        Cell.of(times().moment(JsonTrees.text(document, "changed_at")))));
        screen().table(table, "No documents.");
        String next = JsonTrees.text(page, "next_cursor");
        if (!next.isEmpty()) {
            screen().line(screen().paint(Colour.DIM, "More: --cursor " + next));
        }
    }
}
