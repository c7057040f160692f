package dev.pawl.cli.shell;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.client.NoServerException;
import dev.pawl.cli.client.ProblemAnswerException;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.PlainText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
            "  pawl shell 'job:list -n 5'",
            "  echo module:list | pawl shell",
            "",
            "Exit codes: 0 all lines succeeded, 1 one failed or was refused, 2 wrong usage, 3 no server."
        })
public final class ShellCommand extends ApiCommand {
    private static final Set<String> ENDS = Set.of("exit", "quit");

    @Parameters(paramLabel = "LINE", arity = "0..1", description = "One line to run. Default: those that are typed.")
    private String line = "";

    public ShellCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws NoServerException, ProblemAnswerException, IOException {
        if (!line.isEmpty()) {
            return run(api, line);
        }
        try (LineSource lines = source(api)) {
            if (lines.isTyped()) {
                greet(api);
            }
            return run(api, lines);
        }
    }

    private LineSource source(Api api) throws IOException {
        return invocation().prompt().isPossible() && isLineEditorThere()
                ? new TypedLines(history(invocation().environment()), beginning -> words(api, beginning))
                : new PipedLines(System.in);
    }

    /** Whether JLine is there, as in a distribution; a command that was installed without the server reads lines as they come. */
    private static boolean isLineEditorThere() {
        return ShellCommand.class.getResource("/org/jline/reader/LineReader.class") != null;
    }

    /** Asks before the first prompt whether there is a shell for this user. */
    private void greet(Api api) throws NoServerException, ProblemAnswerException {
        api.post("/shell", JsonTrees.object().put("line", ""));
        screen().line(screen().paint(
                        Colour.DIM,
                        "The shell of " + api.address().url()
                                + ". `help` lists the commands, `exit` leaves; the server goes on."));
        screen().flush();
    }

    private int run(Api api, LineSource lines) throws NoServerException, ProblemAnswerException, IOException {
        int worst = ExitCode.OK;
        for (Optional<String> next = lines.next(); next.isPresent(); next = lines.next()) {
            String typed = next.get().strip();
            if (ENDS.contains(typed)) {
                break;
            }
            if (!typed.isEmpty() && !typed.startsWith("#")) {
                int code = lines.isTyped() ? carriedOn(api, typed) : run(api, typed);
                worst = lines.isTyped() ? ExitCode.OK : Math.max(worst, code);
            }
        }
        return worst;
    }

    /** Runs a line; a refusal, or a server that is away, is said and the next line is another try. */
    private int carriedOn(Api api, String typed) {
        try {
            return run(api, typed);
        } catch (NoServerException | ProblemAnswerException e) {
            screen().note(screen().paint(Colour.RED, "Error:") + " "
                    + PlainText.oneLine(String.valueOf(e.getMessage())));
            return ExitCode.FAILED;
        }
    }

    private int run(Api api, String typed) throws NoServerException, ProblemAnswerException {
        JsonNode answer =
                api.post("/shell", JsonTrees.object().put("line", typed)).json();
        boolean failed = answer.path("failed").asBoolean();
        if (output().isForPrograms()) {
            output().writeOneOf(answer, screen());
        } else {
            JsonTrees.text(answer, "output").lines().forEach(text -> {
                if (failed) {
                    screen().note(PlainText.oneLine(text));
                } else {
                    screen().line(PlainText.oneLine(text));
                }
            });
        }
        screen().flush();
        return failed ? ExitCode.FAILED : ExitCode.OK;
    }

    /** The words that complete a line; none when the server does not answer, since a completion is no place for errors. */
    private static List<Map.Entry<String, String>> words(Api api, String beginning) {
        try {
            JsonNode answer = api.post("/shell/words", JsonTrees.object().put("line", beginning))
                    .json();
            return JsonTrees.stream(answer.path("words"))
                    .map(word -> Map.entry(JsonTrees.text(word, "word"), JsonTrees.text(word, "description")))
                    .toList();
        } catch (NoServerException | ProblemAnswerException e) {
            return List.of();
        }
    }

    private static Path history(Map<String, String> environment) {
        String xdg = environment.getOrDefault("XDG_STATE_HOME", "");
        Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
        return (xdg.isEmpty() ? home.resolve(".local").resolve("state") : Path.of(xdg))
                .resolve("pawl")
                .resolve("shell-history");
    }
}
