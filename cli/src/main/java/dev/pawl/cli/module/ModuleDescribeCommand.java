package dev.pawl.cli.module;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.EmbeddedServer.RefusedException;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.OutputOption;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.Fields;
import dev.pawl.cli.screen.Screen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Describes the jar of a module, without a server. */
@Command(
        name = "describe",
        mixinStandardHelpOptions = true,
        description = "Shows what a jar would bring: its modules with inputs and settings. Needs no server.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pawl module describe target/my-module-1.0.jar",
            "  pawl module describe target/my-module-1.0.jar -o json"
        })
final class ModuleDescribeCommand implements Callable<Integer> {

    @Parameters(paramLabel = "JAR", description = "The jar on this machine.")
    private Path jar = Path.of("");

    @Mixin
    private final OutputOption output = new OutputOption();

    private final Invocation invocation;

    ModuleDescribeCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws UsageException, RefusedException {
        output.prepare(invocation.screen());
        if (!Files.isRegularFile(jar) || !Files.isReadable(jar)) {
            throw new UsageException(
                    "JAR is " + jar + ", which is no file that can be read; it takes a module's jar, such as"
                            + " target/my-module-1.0.jar.");
        }
        JsonNode contents = JsonTrees.of(invocation
                .embedded()
                .orElseThrow(
                        () -> new UsageException("This installation has only the command; a jar is described by one"
                                + " that has the server too."))
                .describe(jar.toAbsolutePath()));
        output.show(contents, invocation.screen(), this::tell);
        return ExitCode.OK;
    }

    private void tell(JsonNode contents) {
        Screen screen = invocation.screen();
        screen.lines(new Fields()
                .add("Bundle", new Cell(JsonTrees.text(contents, "bundle"), Colour.BOLD))
                .add("Version", JsonTrees.text(contents, "version"))
                .add("Libraries", words(contents.path("libraries")))
                .add("Imports", words(contents.path("imports")))
                .add("Exports", words(contents.path("exports")))
                .lines(screen.terminal()));
        JsonTrees.stream(contents.path("modules")).forEach(module -> {
            screen.line("");
            screen.lines(new Fields()
                    .add("Module", new Cell(JsonTrees.text(module, "id"), Colour.BOLD))
                    .add("Name", JsonTrees.text(module, "name"))
                    .add("About", JsonTrees.text(module, "description"))
                    .add("Role", JsonTrees.text(module, "role"))
                    .lines(screen.terminal()));
            FieldTable.show("Inputs (-i)", module.path("inputs"), screen);
            FieldTable.show("Settings (-s)", module.path("settings"), screen);
        });
    }

    private static String words(JsonNode list) {
        return JsonTrees.stream(list).map(JsonTrees::text).collect(Collectors.joining(", "));
    }
}
