package dev.pawl.cli.access;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.Table;
import dev.pawl.cli.screen.Table.Fit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the tokens. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the tokens by name; never their secrets.",
        footerHeading = "%nExample:%n",
        footer = "  pawl token list")
final class TokenListCommand extends ApiCommand {
    private static final String MOST = "1000";

    @Option(
            names = "--cursor",
            paramLabel = "TEXT",
            description = "Continues a list of more than " + MOST + " tokens, as that list says at its end.")
    private String cursor = "";

    TokenListCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        String from = cursor.isEmpty() ? "" : "&cursor=" + Api.segment(cursor);
        return show(api.get("/tokens?limit=" + MOST + from), this::list);
    }

    private void list(JsonNode page) {
        var text = new TokenText(times());
        Table table = new Table()
                .column("ID", Fit.WHOLE)
                .column("NAME", Fit.FLEXIBLE)
                .column("ROLE", Fit.WHOLE)
                .column("EXPIRES", Fit.WHOLE)
                .column("LAST USE", Fit.WHOLE)
                .column("BOUNDS", Fit.FLEXIBLE);
        JsonTrees.stream(page.path("tokens"))
                .forEach(token -> table.row(
                        new Cell(JsonTrees.text(token, "id"), Colour.BOLD),
                        Cell.of(JsonTrees.text(token, "name")),
                        Cell.of(JsonTrees.text(token, "role")),
                        Cell.of(text.expires(token)),
                        Cell.of(text.lastUsed(token)),
                        Cell.of(text.bounds(token))));
        screen().table(table, "No tokens.");
        String next = JsonTrees.text(page, "next_cursor");
        if (!next.isEmpty()) {
            screen().note("There are more: pawl token list --cursor " + next);
        }
    }
}
