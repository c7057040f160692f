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
import picocli.CommandLine.Option;

/** Lists the modules. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the installed modules, or those that come with Pawl and are installed on demand.",
        footerHeading = "%nExamples:%n",
        footer = {"  pawl module list", "  pawl module list --available"})
final class ModuleListCommand extends ApiCommand {
    @Option(
            names = "--available",
            description = "Lists the modules that come with Pawl; `pawl module install ID` installs one.")
    private boolean available;

    ModuleListCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        return available
                ? show(api.get("/modules/available"), answer -> offer(answer.path("modules")))
                : show(api.get("/modules"), answer -> list(answer.path("modules")));
    }

    private void offer(JsonNode modules) {
        Table table = new Table()
                .column("ID", Fit.WHOLE)
                .column("VERSION", Fit.FLEXIBLE)
                .column("INSTALLED", Fit.WHOLE)
                .column("DESCRIPTION", Fit.FLEXIBLE);
        JsonTrees.stream(modules)
                .forEach(module -> table.row(
                        new Cell(JsonTrees.text(module, "id"), Colour.BOLD),
                        Cell.of(JsonTrees.text(module, "version")),
                        Cell.of(module.path("installed").asBoolean() ? "yes" : "no"),
                        new Cell(JsonTrees.text(module, "description"), Colour.DIM)));
        screen().table(table, "This distribution has no further modules.");
    }

    private void list(JsonNode modules) {
        Table table = new Table()
                .column("ID", Fit.WHOLE)
                .column("VERSION", Fit.FLEXIBLE)
                .column("STATE", Fit.WHOLE)
                .column("RUNS IN", Fit.FLEXIBLE)
                .column("NAME", Fit.FLEXIBLE)
                .column("DESCRIPTION", Fit.FLEXIBLE);
        JsonTrees.stream(modules)
                .forEach(module -> table.row(
                        new Cell(JsonTrees.text(module, "id"), Colour.BOLD),
                        Cell.of(JsonTrees.text(module, "version")),
                        Cell.status(JsonTrees.text(module, "state")),
                        Cell.of(JsonTrees.text(module, "isolation")),
                        Cell.of(JsonTrees.text(module, "name")),
                        new Cell(about(module), Colour.DIM)));
        screen().table(
                        table,
                        "No modules are installed. `pawl module install PATH` installs one, `pawl module list --available` lists some.");
    }

    /** The explanation of its state, or else its description. */
    private static String about(JsonNode module) {
        String explanation = JsonTrees.text(module, "explanation");
        return explanation.isEmpty() ? JsonTrees.text(module, "description") : explanation;
    }
}
