package dev.pawl.cli.module;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.Fields;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows where the installed version of a module came from. */
@Command(
        name = "source",
        mixinStandardHelpOptions = true,
        description =
                "Shows where a module came from: the repository and commit, the address, the path or the upload, with its digest.",
        footerHeading = "%nExamples:%n",
        footer = {"  pawl module source count", "  pawl module source count -o json"})
final class ModuleSourceCommand extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "The module's id.")
    private String module = "";

    ModuleSourceCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        JsonNode found = api.get("/modules/" + Api.segment(module)).json();
        JsonNode deployment = found.path("deployment");
        Provenance from = Provenance.of(deployment);
        ObjectNode told = JsonTrees.object().put("id", JsonTrees.text(found, "id"));
        told.put("version", JsonTrees.text(found, "version"));
        told.setAll(from.json());
        told.set("installed_at", deployment.path("installed_at"));
        told.set("installed_by", deployment.path("installed_by"));
        output().show(told, screen(), value -> describe(value, from));
        return ExitCode.OK;
    }

    private void describe(JsonNode told, Provenance from) {
        String at = JsonTrees.text(told, "installed_at");
        Fields fields = new Fields()
                .add("Module", new Cell(JsonTrees.text(told, "id"), Colour.BOLD))
                .add("Version", JsonTrees.text(told, "version"))
                .add("From", said(from.kind()))
                .add(from.kind().equals("git") ? "Repository" : "Place", from.place())
                .add("Commit", from.commit())
                .add("Folder", from.path())
                .add("SHA-256", from.sha256())
                .add("Installed", at.isEmpty() ? "" : times().moment(at))
                .add("By", JsonTrees.text(told, "installed_by"))
                .add("Again", from.again());
        screen().lines(fields.lines(screen().terminal()));
    }

    private static String said(String kind) {
        return switch (kind) {
            case "git" -> "a git repository";
            case "url" -> "an address";
            case "path" -> "a path of the server";
            case "folder" -> "the modules folder";
            case "upload" -> "an upload";
            case "distribution" -> "the distribution";
            default -> "";
        };
    }
}
