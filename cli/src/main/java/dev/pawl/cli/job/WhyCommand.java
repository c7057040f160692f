package dev.pawl.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Explains why a job is not running. */
@Command(
        name = "why",
        mixinStandardHelpOptions = true,
        description = "Explains why a job is not running, and what would let it run.",
        footerHeading = "%nExample:%n",
        footer = "  pawl why 3f2a91c4")
public final class WhyCommand extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "The job's id, or its first 8 or more characters.")
    private String job = "";

    public WhyCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        return show(api.get("/jobs/" + Api.segment(job) + "/why"), this::explain);
    }

    private void explain(JsonNode why) {
        screen().line(JsonTrees.text(why, "sentence"));
        String remedy = JsonTrees.text(why, "unblocked_by");
        if (!remedy.isEmpty()) {
            screen().line(remedy);
        }
        if (why.path("position").isNumber()) {
            screen().line("Its place in the queue is " + why.path("position") + ".");
        }
    }
}
