package dev.pawl.cli.notify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.screen.Fields;
import picocli.CommandLine.Command;

/** Sends a test; ends with 1 when it does not arrive. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = "Sends a test by the way of all messages, and says what it came to.",
        footerHeading = "%nExample:%n",
        footer = {"  pawl notify test ops", "", "Ends with 0 when the receiver has it, otherwise with 1."})
final class NotifyTestCommand extends NotifyCommand.OfOne {
    NotifyTestCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        var answer = api.post(path() + "/test", JsonTrees.object());
        show(answer, this::describe);
        return JsonTrees.text(answer.json(), "state").equals("delivered") ? ExitCode.OK : ExitCode.FAILED;
    }

    private void describe(JsonNode message) {
        JsonNode tries = message.path("tries");
        JsonNode last = tries.isEmpty() ? JsonTrees.object() : tries.get(tries.size() - 1);
        screen().lines(new Fields()
                .add("State", NotifyCommand.state(JsonTrees.text(message, "state")))
                .add("Status", JsonTrees.text(last, "status"))
                .add("Took", last.has("took_ms") ? JsonTrees.text(last, "took_ms") + " ms" : "")
                .add("Error", JsonTrees.text(last, "error"))
                .add("Answer", JsonTrees.text(last, "answer"))
                .lines(screen().terminal()));
    }
}
