package dev.pawl.cli.module;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Answer;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.input.Query;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Installs or updates a module. */
@Command(
        name = "install",
        mixinStandardHelpOptions = true,
        description = "Installs a module, or updates it while its jobs run.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pawl module install target/my-module-1.0.jar",
            "  pawl module install . --mode finish",
            "  pawl module install target/my-module-1.1.jar --canary",
            "  pawl module install ffmpeg"
        })
final class ModuleInstallCommand extends ApiCommand {
    private static final Pattern MODULE_ID = Pattern.compile("[a-z][a-z0-9_-]*");

    @Parameters(
            paramLabel = "PATH",
            description =
                    "A bundle's jar, which is sent to the server; or a folder on the server's disk that contains one,"
                            + " directly or in target/; or the id of a module that `pawl module list --available` lists.")
    private Path path = Path.of("");

    @Mixin
    private final UpdateOptions update = new UpdateOptions();

    @Option(names = "--sha256", paramLabel = "DIGEST", description = "Refuses the jar unless this is its digest.")
    private String sha256 = "";

    @Option(
            names = "--canary",
            description = "Holds the version on the first of several servers until `pawl module promote`.")
    private boolean canary;

    ModuleInstallCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        if (!Files.exists(path) && MODULE_ID.matcher(path.toString()).matches()) {
            return show(installFrom(api, path.toString()), this::report);
        }
        if (!Files.isReadable(path)) {
            throw new UsageException("The file or folder " + path + " does not exist or cannot be read.");
        }
        return show(
                Files.isDirectory(path)
                        ? installFrom(api, path.toAbsolutePath().normalize().toString())
                        : upload(api),
                this::report);
    }

    private Answer upload(Api api) throws Exception {
        return api.upload(query("/modules").toString(), path);
    }

    private Answer installFrom(Api api, String source) throws Exception {
        return api.post(query("/modules/install").toString(), JsonTrees.object().put("source_path", source));
    }

    private Query query(String route) {
        return update.addTo(new Query(route)).with("sha256", sha256).with("canary", canary ? "1" : "");
    }

    private void report(JsonNode answer) {
        new ModuleReport(screen()).show(answer, "installed", update.isDryRun());
    }
}
