package dev.pawl.cli.module;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Answer;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.input.Query;
import dev.pawl.cli.screen.Colour;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Installs or updates what modules.yaml of the server names. */
@Command(
        name = "sync",
        mixinStandardHelpOptions = true,
        description = "Installs or updates the modules that modules.yaml in the server's data folder names.",
        footerHeading = "%nExamples:%n",
        footer = {"  pawl module sync --dry-run", "  pawl module sync"})
final class ModuleSyncCommand extends ApiCommand {
    @Mixin
    private final UpdateOptions update = new UpdateOptions();

    ModuleSyncCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        Answer answer = api.post(update.addTo(new Query("/modules/sync")).toString());
        int code = show(answer, this::report);
        return code == 0 && !answer.json().path("failed").isEmpty() ? 1 : code;
    }

    private void report(JsonNode answer) {
        JsonTrees.stream(answer.path("installed"))
                .forEach(done -> new ModuleReport(screen()).show(done, "installed", update.isDryRun()));
        JsonTrees.stream(answer.path("failed")).forEach(failed -> screen().line(screen().paint(Colour.RED, "Failed ")
                + JsonTrees.text(failed, "module") + " of " + JsonTrees.text(failed, "source") + ": "
                + JsonTrees.text(failed, "error")));
        int skipped = answer.path("skipped").size();
        screen().line(
                        skipped == 1
                                ? "1 module is as its source has it."
                                : skipped + " modules are as their sources have them.");
    }
}
