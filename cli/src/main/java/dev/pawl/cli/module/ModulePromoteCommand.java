package dev.pawl.cli.module;

import dev.pawl.cli.client.Api;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lets a version that is held on its first server go on to the others. */
@Command(
        name = "promote",
        mixinStandardHelpOptions = true,
        description = "Lets a version that is held on its first server go on to the others.",
        footerHeading = "%nExample:%n",
        footer = "  pawl module promote hello")
final class ModulePromoteCommand extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "The module's id.")
    private String module = "";

    ModulePromoteCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        return show(api.post("/modules/" + Api.segment(module) + "/promote"), rollOut -> screen().line("Promoted: "
                + module + " " + RollOutText.versions(rollOut) + " goes on to the other servers."));
    }
}
