package dev.pawl.cli.access;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Answer;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.OutputOption;
import dev.pawl.cli.screen.Screen;

/** Shows a token that was just made: its secret alone on the output, so that a pipe can take it, and the explanation beside it. */
final class SecretOutput {
    private final OutputOption output;
    private final Screen screen;

    SecretOutput(OutputOption output, Screen screen) {
        this.output = output;
        this.screen = screen;
    }

    int show(Answer issued, String explanation) {
        if (output.isForPrograms()) {
            output.show(issued, screen, whole -> {});
            return ExitCode.OK;
        }
        JsonNode token = issued.json();
        screen.note(explanation);
        screen.line(JsonTrees.text(token, "token"));
        return ExitCode.OK;
    }
}
