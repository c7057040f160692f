package dev.pawl.cli.job;

import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Has a job's callback told of an event again. */
@Command(
        name = "callback",
        mixinStandardHelpOptions = true,
        description = "Tells the callback of a job of an event again, which has the same id as before.",
        footerHeading = "%nExample:%n",
        footer = {
            "  pawl callback 3f2a91c4 completed",
            "",
            "`pawl job 3f2a91c4` shows what its callback was told of, and what that came to."
        })
public final class CallbackCommand extends ApiCommand {
    @Parameters(index = "0", paramLabel = "ID", description = "The job's id, or its first 8 or more characters.")
    private String job = "";

    @Parameters(index = "1", paramLabel = "EVENT", description = "running, completed, failed or stopped.")
    private String event = "";

    public CallbackCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        String path = "/jobs/" + Api.segment(job) + "/callbacks/" + Api.segment(event) + "/retry";
        return show(api.post(path), answer -> screen().line(
                        "It is told again as soon as possible: " + JsonTrees.text(answer, "id")));
    }
}
