package dev.pawl.cli.shell;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.client.NoServerException;
import dev.pawl.cli.client.ProblemAnswerException;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.OutputOption;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.PlainText;
import dev.pawl.cli.screen.Screen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs lines in the shell of a server, over its API. For one thread. */
public final class ShellSession {
    private static final Set<String> ENDS = Set.of("exit", "quit");

    private final Api api;
    private final Invocation invocation;
    private final OutputOption output;

    public ShellSession(Api api, Invocation invocation, OutputOption output) {
        this.api = api;
        this.invocation = invocation;
        this.output = output;
    }

    /**
     * Runs the lines that a person types, or those of standard input when nobody is there, until {@code exit} or the end of input.
     *
     * @param farewell the words that tell a person how the session ends
     * @return the exit code: of typed lines 0, of others the worst one
     */
    public int run(String farewell) throws NoServerException, ProblemAnswerException, IOException {
        try (LineSource lines = source()) {
            if (lines.isTyped()) {
                greet(farewell);
            }
            return run(lines);
        }
    }

    /** Runs one line, shows its output and returns the exit code. */
    int runLine(String typed) throws NoServerException, ProblemAnswerException {
        JsonNode answer =
                api.post("/shell", JsonTrees.object().put("line", typed)).json();
        boolean failed = answer.path("failed").asBoolean();
        if (output.isForPrograms()) {
            output.writeOneOf(answer, screen());
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

    private int run(LineSource lines) throws NoServerException, ProblemAnswerException, IOException {
        int worst = ExitCode.OK;
        for (Optional<String> next = lines.next(); next.isPresent(); next = lines.next()) {
            String typed = next.get().strip();
            if (ENDS.contains(typed)) {
                break;
            }
            if (!typed.isEmpty() && !typed.startsWith("#")) {
                int code = lines.isTyped() ? carriedOn(typed) : runLine(typed);
                worst = lines.isTyped() ? ExitCode.OK : Math.max(worst, code);
            }
        }
        return worst;
    }

    /** Runs a line; a refusal, or a server that is away, is said and the next line is another try. */
    private int carriedOn(String typed) {
        try {
            return runLine(typed);
        } catch (NoServerException | ProblemAnswerException e) {
            screen().note(screen().paint(Colour.RED, "Error:") + " "
                    + PlainText.oneLine(String.valueOf(e.getMessage())));
            return ExitCode.FAILED;
        }
    }

    private LineSource source() throws IOException {
        return invocation.prompt().isPossible() && isLineEditorThere()
                ? new TypedLines(history(invocation.environment()), this::words)
                : new PipedLines(System.in);
    }

    /** Whether JLine is there, as in a distribution; a command that was installed without the server reads lines as they come. */
    private static boolean isLineEditorThere() {
        return ShellSession.class.getResource("/org/jline/reader/LineReader.class") != null;
    }

    /** Asks before the first prompt whether there is a shell for this user. */
    private void greet(String farewell) throws NoServerException, ProblemAnswerException {
        api.post("/shell", JsonTrees.object().put("line", ""));
        screen().line(screen().paint(
                        Colour.DIM,
                        "The shell of " + api.address().url() + ". `help` lists the commands, Tab completes, "
                                + farewell));
        screen().flush();
    }

    /** The words that complete a line; none when the server does not answer, since a completion is no place for errors. */
    private List<Map.Entry<String, String>> words(String beginning) {
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

    private Screen screen() {
        return invocation.screen();
    }
}
