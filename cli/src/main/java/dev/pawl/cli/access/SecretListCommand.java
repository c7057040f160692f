package dev.pawl.cli.access;

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
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the secrets. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the secrets by name; never their values.",
        footerHeading = "%nExample:%n",
        footer = "  pawl secret list")
final class SecretListCommand extends ApiCommand {
    private static final int MOST = 100;

    @Option(
            names = "--cursor",
            paramLabel = "TEXT",
            description = "Continues a list of more than " + MOST + " secrets, as that list says at its end.")
    private String cursor = "";

    SecretListCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        Query query = new Query("/secrets").with("limit", MOST).with("cursor", cursor);
        return show(api.get(query.toString()), this::list);
    }

    private void list(JsonNode page) {
        Table table = new Table()
                .column("NAME", Fit.FLEXIBLE)
                .column("READABLE", Fit.WHOLE)
                .column("SET", Fit.WHOLE)
                .column("BY", Fit.FLEXIBLE)
                .column("FOR JOBS OF", Fit.FLEXIBLE);
        JsonTrees.stream(page.path("secrets")).forEach(secret -> row(table, secret));
        screen().table(table, "No secrets.");
        if (JsonTrees.stream(page.path("secrets"))
                .anyMatch(secret -> !secret.path("readable").asBoolean())) {
            screen().note(
                            "Those that are not readable were encrypted with another secret.key than that of the data folder,"
                                    + " or damaged: put that file back, or set them again.");
        }
        String next = JsonTrees.text(page, "next_cursor");
        if (!next.isEmpty()) {
            screen().note("There are more: pawl secret list --cursor " + next);
        }
    }

    private void row(Table table, JsonNode secret) {
        boolean readable = secret.path("readable").asBoolean();
        String modules =
                JsonTrees.stream(secret.path("modules")).map(JsonTrees::text).collect(Collectors.joining(", "));
        table.row(
                new Cell(JsonTrees.text(secret, "name"), Colour.BOLD),
                readable ? Cell.of("yes") : new Cell("no", Colour.RED),
                Cell.of(times().moment(JsonTrees.text(secret, "changed_at"))),
                Cell.of(JsonTrees.text(secret, "changed_by")),
                Cell.of(modules.isEmpty() ? "-" : modules));
    }
}
