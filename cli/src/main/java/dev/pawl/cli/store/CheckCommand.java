package dev.pawl.cli.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Invocation;
import dev.pawl.launch.UpkeepWork;
import java.util.Map;
import picocli.CommandLine.Command;

/** Checks the store. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Reads the whole store and reports its defects.",
        footerHeading = "%nExample:%n",
        footer = "  pawl check")
public final class CheckCommand extends UpkeepCommand {

    public CheckCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected JsonNode execute() throws Exception {
        return either(UpkeepWork.CHECK, Map.of());
    }

    @Override
    void report(JsonNode answer) {
        JsonTrees.stream(answer.path("defects")).forEach(defect -> screen().line(defect.asText()));
        if (answer.path("sound").asBoolean()) {
            screen().line("The store is sound; it contains " + JsonTrees.text(answer, "jobs") + " jobs.");
        }
    }

    @Override
    int exitCode(JsonNode answer) {
        return answer.path("sound").asBoolean() ? ExitCode.OK : ExitCode.FAILED;
    }
}
