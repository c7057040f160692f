package dev.pawl.cli.module;

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

/** Lists the modules. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the installed modules.",
        footerHeading = "%nExample:%n",
        footer = "  pawl module list")
final class ModuleListCommand extends ApiCommand {
    ModuleListCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        return show(api.get("/modules"), answer -> list(answer.path("modules")));
    }

    private void list(JsonNode modules) {
        Table table = new Table()
                .column("ID", Fit.WHOLE)
                .column("VERSION", Fit.FLEXIBLE)
                .column("STATE", Fit.WHOLE)
                .column("NAME", Fit.FLEXIBLE)
                .column("DESCRIPTION", Fit.FLEXIBLE);
        JsonTrees.stream(modules)
                .forEach(module -> table.row(
                        new Cell(JsonTrees.text(module, "id"), Colour.BOLD),
                        Cell.of(JsonTrees.text(module, "version")),
                        Cell.status(JsonTrees.text(module, "state")),
                        Cell.of(JsonTrees.text(module, "name")),
                        new Cell(about(module), Colour.DIM)));
        screen().table(table, "No modules are installed. `pawl module install PATH` installs one.");
    }

    /** The explanation of its state, or else its description. */
    private static String about(JsonNode module) {
        String explanation = JsonTrees.text(module, "explanation");
        return explanation.isEmpty() ? JsonTrees.text(module, "description") : explanation;
    }
}
