package dev.pawl.cli.module;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.screen.Colour;
import picocli.CommandLine.Command;

/** Scans the modules folder again. */
@Command(
        name = "reload",
        mixinStandardHelpOptions = true,
        description = "Scans the modules folder again.",
        footerHeading = "%nExample:%n",
        footer = "  pawl module reload")
final class ModuleReloadCommand extends ApiCommand {
    ModuleReloadCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        return show(api.post("/modules/reload"), this::report);
    }

    private void report(JsonNode answer) {
        JsonTrees.stream(answer.path("installed"))
                .forEach(done -> new ModuleReport(screen()).show(done, "Installed", false));
        JsonTrees.stream(answer.path("failed")).forEach(failed -> screen().line(screen().paint(Colour.RED, "Refused ")
                + JsonTrees.text(failed, "file") + ": " + JsonTrees.text(failed, "error")));
        int skipped = answer.path("skipped").size();
        screen().line(skipped == 1 ? "1 jar is already installed." : skipped + " jars are already installed.");
    }
}
