package dev.pawl.cli.shell;

import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.NoServerException;
import dev.pawl.cli.client.ProblemAnswerException;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Attaches to the shell of a running server. */
@Command(
        name = "shell",
        mixinStandardHelpOptions = true,
        description = "Opens the shell of a running server, or runs one line of it; for admins.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pawl shell",
            "  pawl shell job:list -n 5",
            "  echo module:list | pawl shell",
            "",
            "Exit codes: 0 all lines succeeded, 1 one failed or was refused, 2 wrong usage, 3 no server."
        })
public final class ShellCommand extends ApiCommand {
    @Parameters(
            paramLabel = "LINE",
            arity = "0..*",
            description = "One line to run, as one argument or as several. Default: those that are typed.")
    private final List<String> line = new ArrayList<>();

    private ShellCommand(Invocation invocation) {
        super(invocation);
    }

    /** The command; options that it does not have are the line's own. */
    public static CommandLine with(Invocation invocation) {
        return new CommandLine(new ShellCommand(invocation)).setUnmatchedOptionsArePositionalParams(true);
    }

    @Override
    protected int execute(Api api) throws NoServerException, ProblemAnswerException, IOException {
        ShellSession session = new ShellSession(api, invocation(), output());
        return line.isEmpty() ? session.run("`exit` leaves; the server goes on.") : session.runLine(asOneLine(line));
    }

    /** A single argument is a line already; of several, those that the user's own shell unquoted are quoted again. */
    private static String asOneLine(List<String> words) {
        return words.size() == 1
                ? words.get(0)
                : String.join(" ", words.stream().map(ShellCommand::quoted).toList());
    }

    private static String quoted(String word) {
        return word.matches("[\\w=./:,@+-]+")
                ? word
                : "'" + word.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
