package dev.pawl.cli.module;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.input.Query;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Installs or updates a module from a git repository, which the server fetches. */
@Command(
        name = "install-git",
        mixinStandardHelpOptions = true,
        description = "Installs or updates a module from a git repository, which the server fetches.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pawl module install-git https://git.example.com/my-module",
            "  pawl module install-git git@git.example.com:all/modules.git count --ref v1.2"
        })
final class ModuleInstallGitCommand extends ApiCommand {
    @Parameters(index = "0", paramLabel = "URL", description = "The repository: https://, ssh:// or user@host:path.")
    private String repository = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FOLDER",
            description = "The module's folder in the repository. Default: the repository itself.")
    private String folder = "";

    @Option(
            names = "--ref",
            paramLabel = "REF",
            description = "A branch, a tag or a commit. Default: the default branch.")
    private String ref = "";

    @Mixin
    private final UpdateOptions update = new UpdateOptions();

    @Option(
            names = "--canary",
            description = "Holds the version on the first of several servers until `pawl module promote`.")
    private boolean canary;

    ModuleInstallGitCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        ObjectNode body = JsonTrees.object().put("repo_url", repository);
        if (!folder.isEmpty()) {
            body.put("module_name", folder);
        }
        if (!ref.isEmpty()) {
            body.put("ref", ref);
        }
        return show(
                api.post(
                        update.addTo(new Query("/modules/install-git"))
                                .with("canary", canary ? "1" : "")
                                .toString(),
                        body),
                answer -> new ModuleReport(screen()).show(answer, "installed", update.isDryRun()));
    }
}
