package dev.pawl.cli.project;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.base.file.FileTree;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.OutputOption;
import dev.pawl.cli.command.UsageException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes the project of a new module. */
@Command(
        name = "new",
        mixinStandardHelpOptions = true,
        description = "Makes a Maven project for a module of your own.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pawl module new word-count",
            "  pawl module new word-count --inputs \"file:path!, limit:integer=10\"",
            "  pawl module new word-count --kotlin",
            "",
            "An input is NAME:TYPE, NAME:TYPE! when a job must give it, or",
            "NAME:TYPE=DEFAULT. The types are text, integer, number, boolean,",
            "secret, list, json, duration, date, path and uri."
        })
public final class ModuleNewCommand implements Callable<Integer> {

    /** The inputs when none are given. */
    static final String EXAMPLE = "name:text!, count:integer=3";

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "The module's id, and the name of the folder that is made; a path makes it elsewhere.")
    private @Nullable Path target;

    @Option(names = "--inputs", paramLabel = "LIST", description = "The inputs. Default: \"" + EXAMPLE + "\".")
    private @Nullable String inputs;

    @Option(
            names = "--group",
            paramLabel = "PACKAGE",
            description = "The Maven group, which the Java package is in. Default: ${DEFAULT-VALUE}.")
    private String group = "com.example";

    @Option(names = "--kotlin", description = "Writes the module in Kotlin.")
    private boolean kotlin;

    @Option(names = "--no-interactive", description = "Asks nothing, also on a terminal.")
    private boolean silent;

    @Mixin
    private final OutputOption output = new OutputOption();

    private final Invocation invocation;

    public ModuleNewCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws UsageException, IOException {
        output.prepare(invocation.screen());
        Path folder = target().toAbsolutePath().normalize();
        ProjectNames names = ProjectNames.of(String.valueOf(folder.getFileName()), group);
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new UsageException("There is a " + folder
                    + " already, and nothing is overwritten. Choose another name," + " or remove it.");
        }
        DeclaredInputs declared = new DeclaredInputs(InputList.read(inputs()));
        ModuleSource source = kotlin ? new KotlinSource(names, declared) : new JavaSource(names, declared);
        Installation installation = Installation.find();
        Map<String, String> files = new ProjectFiles(names, installation.version()).all(source);
        files.putAll(ProjectFiles.link(installation));
        write(folder, files);
        output.show(description(names, folder), invocation.screen(), made -> tell(names, source, folder));
        return ExitCode.OK;
    }

    private Path target() throws UsageException {
        if (target != null) {
            return target;
        }
        String name = ask("The module's name, such as word-count:").orElse("");
        if (name.isEmpty()) {
            throw new UsageException("NAME is missing: the module's name, such as `pawl module new word-count`.");
        }
        return Path.of(name);
    }

    private String inputs() {
        if (inputs != null) {
            return inputs;
        }
        return ask("Its inputs, or enter for " + EXAMPLE + ":")
                .filter(given -> !given.isEmpty())
                .orElse(EXAMPLE);
    }

    private Optional<String> ask(String question) {
        return silent || !invocation.prompt().isPossible()
                ? Optional.empty()
                : invocation.prompt().ask(question);
    }

    /** Writes all files, or none: the folder gets its name when it is whole. */
    private static void write(Path folder, Map<String, String> files) throws UsageException, IOException {
        Path parent = folder.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new UsageException(
                    "The folder " + parent + ", in which the project would be, does not exist. Make it" + " first.");
        }
        Path unfinished = parent.resolve(
                "." + folder.getFileName() + ".new-" + ProcessHandle.current().pid());
        try {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path place = unfinished.resolve(file.getKey());
                Files.createDirectories(place.getParent());
                Files.writeString(place, file.getValue());
            }
            Files.move(unfinished, folder);
        } catch (FileSystemException e) {
            throw new UsageException("The project " + folder + " cannot be written: " + e + ". Choose another place.");
        } finally {
            FileTree.delete(unfinished);
        }
    }

    private static ObjectNode description(ProjectNames names, Path folder) {
        return JsonTrees.object()
                .put("id", names.id())
                .put("folder", folder.toString())
                .put("class", names.packageName() + "." + names.className());
    }

    private void tell(ProjectNames names, ModuleSource source, Path folder) {
        String options = source.inputs().options();
        String place = String.valueOf(target == null ? folder : target);
        List.of(
                        "Made " + folder + ". The module is in " + names.className() + "." + source.ending()
                                + ". Next:",
                        "",
                        "  cd " + (place.contains(" ") ? "'" + place + "'" : place),
                        "  mvn verify",
                        "  pawl module dev" + options,
                        "",
                        "The last line runs it again after each edit. With `pawl serve` in another terminal:",
                        "",
                        "  pawl module install target/" + names.id() + "-1.0.0.jar",
                        "  pawl run " + names.id() + options + " --follow")
                .forEach(invocation.screen()::line);
    }
}
