package dev.pawl.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Answer;
import dev.pawl.cli.screen.Screen;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The options for the output: its format, how much of it, and how wide. */
public final class OutputOption {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "table for people (the default), json for programs (the API's unchanged answer), or yaml.")
    private OutputFormat format = OutputFormat.TABLE;

    @Option(names = "--quiet", description = "Prints nothing but ids, one on each line, for pipes.")
    private boolean quiet;

    @Option(names = "--wide", description = "Does not fit tables to the terminal: nothing is cut or left out.")
    private boolean wide;

    /** Whether the answer is for programs, as a whole. */
    public boolean isForPrograms() {
        return format.isForPrograms();
    }

    /** Whether only ids are shown. */
    public boolean isQuiet() {
        return quiet;
    }

    /** Prepares the screen; called before anything is shown. */
    public void prepare(Screen screen) {
        if (wide) {
            screen.widen();
        }
    }

    /** Shows an answer: unchanged for programs, its ids for pipes, else by the given function. */
    public void show(Answer answer, Screen screen, Consumer<JsonNode> forPeople) {
        if (format == OutputFormat.JSON) {
            if (!answer.text().isEmpty()) {
                screen.line(answer.text());
            }
        } else {
            show(answer.json(), screen, forPeople);
        }
    }

    /** Shows a value: whole for programs, its ids for pipes, else by the given function. */
    public void show(JsonNode value, Screen screen, Consumer<JsonNode> forPeople) {
        if (isForPrograms()) {
            write(value, screen);
        } else if (quiet) {
            Ids.of(value).forEach(screen::line);
        } else {
            forPeople.accept(value);
        }
    }

    /** Writes one of several values for programs: JSON on a line of its own, YAML as a document of its own. */
    public void writeOneOf(JsonNode value, Screen screen) {
        if (format == OutputFormat.YAML) {
            screen.line("---");
        }
        write(value, screen);
    }

    private void write(JsonNode value, Screen screen) {
        if (!value.isMissingNode()) {
            screen.line(format.text(value).stripTrailing());
        }
    }
}
