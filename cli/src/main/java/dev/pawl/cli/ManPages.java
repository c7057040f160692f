package dev.pawl.cli;

import dev.pawl.cli.command.Interrupts;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.Prompt;
import dev.pawl.cli.command.Version;
import dev.pawl.cli.manual.ManPage;
import dev.pawl.cli.screen.Screen;
import dev.pawl.cli.screen.Terminal;
import dev.pawl.cli.screen.Times;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Writes a manual page for each command; run by the build of the distribution. The commands are also those of the manual's reference. */
public final class ManPages {
    private ManPages() {}

    /** Takes the folder for the pages. */
    public static void main(String[] arguments) throws IOException {
        Locale.setDefault(Locale.ENGLISH);
        write(Path.of(arguments[0]));
    }

    /** Writes the pages into a folder, which is made. */
    static void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        write(commands(), folder, Version.number());
    }

    /** The command with all others, as their help describes them; none of them is to be run. */
    public static CommandLine commands() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Invocation invocation = new Invocation(
                Map.of(),
                new Screen(nowhere, nowhere, Terminal.pipe(Map.of())),
                new Times(InstantSource.system(), ZoneOffset.UTC),
                Optional.empty(),
                Interrupts.ofProcess(),
                Prompt.ofProcess());
        return PawlCommand.toParse(List.of(), invocation);
    }

    private static void write(CommandLine command, Path folder, String version) throws IOException {
        CommandSpec spec = command.getCommandSpec();
        Files.writeString(folder.resolve(ManPage.fileName(spec)), ManPage.of(spec, version));
        for (CommandLine sub : command.getSubcommands().values()) {
            write(sub, folder, version);
        }
    }
}
