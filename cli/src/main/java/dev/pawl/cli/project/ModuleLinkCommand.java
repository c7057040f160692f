package dev.pawl.cli.project;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.OutputOption;
import dev.pawl.cli.command.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Connects the project of a module with this installation. */
@Command(
        name = "link",
        mixinStandardHelpOptions = true,
        description = "Lets a module's project build with this installation, after a clone or an update of Pawl.",
        footerHeading = "%nExamples:%n",
        footer = {"  pawl module link", "  pawl module link ~/projects/word-count"})
public final class ModuleLinkCommand implements Callable<Integer> {

    private static final String POM = "pom.xml";
    private static final Pattern VERSION =
            Pattern.compile("(<artifactId>pawl-module-parent</artifactId>\\s*<version>)([^<]*)(</version>)");

    @Parameters(arity = "0..1", paramLabel = "FOLDER", description = "The project. Default: this folder.")
    private Path project = Path.of("");

    @Mixin
    private final OutputOption output = new OutputOption();

    private final Invocation invocation;

    public ModuleLinkCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws UsageException, IOException {
        Path folder = project.toAbsolutePath().normalize();
        Path pom = folder.resolve(POM);
        Matcher version = VERSION.matcher(Files.isRegularFile(pom) ? Files.readString(pom) : "");
        if (!version.find()) {
            throw new UsageException("The folder " + folder + " holds no project of a module: it has no " + POM
                    + " whose parent is pawl-module-parent. Go to the project, or make one with `pawl module new`.");
        }
        Installation installation = Installation.find();
        for (Map.Entry<String, String> file : ProjectFiles.link(installation).entrySet()) {
            Path place = folder.resolve(file.getKey());
            Files.createDirectories(place.getParent());
            Files.writeString(place, file.getValue());
        }
        String former = version.group(2);
        if (!former.equals(installation.version())) {
            Files.writeString(
                    pom, version.replaceFirst("$1" + Matcher.quoteReplacement(installation.version()) + "$3"));
        }
        ObjectNode linked = JsonTrees.object()
                .put("folder", folder.toString())
                .put("repository", installation.url())
                .put("version", installation.version())
                .put("former_version", former);
        output.show(linked, invocation.screen(), shown -> tell(folder, installation, former));
        return ExitCode.OK;
    }

    private void tell(Path folder, Installation installation, String former) {
        invocation
                .screen()
                .line("Linked " + folder + " with Pawl " + installation.version()
                        + (former.equals(installation.version()) ? "." : " (was " + former + ")."));
    }
}
