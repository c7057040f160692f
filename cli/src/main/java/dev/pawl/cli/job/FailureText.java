package dev.pawl.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.PlainText;
import dev.pawl.cli.screen.Screen;
import java.util.List;
import java.util.stream.Stream;

/** Shows the failure of a job on the error stream: what failed, where in the module's code, and the remedy. */
final class FailureText {
    private final Screen screen;
    private final StackOption stack;

    FailureText(Screen screen, StackOption stack) {
        this.screen = screen;
        this.stack = stack;
    }

    void write(JsonNode job) {
        screen.note(screen.paint(Colour.RED, "Failed ") + PlainText.oneLine(JobText.failure(job)));
        stack(job).forEach(line -> screen.note(screen.paint(Colour.DIM, PlainText.oneLine(line))));
        String remedy = JsonTrees.text(job.path("failure"), "remedy");
        if (!remedy.isEmpty()) {
            screen.note(PlainText.oneLine(remedy));
        }
    }

    /** The lines of the stack trace that are shown, without colours. */
    List<String> stack(JsonNode job) {
        StackTrace trace = new StackTrace(JsonTrees.text(job.path("failure"), "stack"));
        if (stack.isWhole()) {
            return trace.lines();
        }
        List<String> own = trace.ofModule();
        return own.isEmpty() || own.size() == trace.lines().size()
                ? own
                : Stream.concat(own.stream(), Stream.of("--stack shows the whole stack trace."))
                        .toList();
    }
}
