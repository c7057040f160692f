package dev.pawl.cli.job;

import dev.pawl.cli.client.Api;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Stops a job. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = "Stops a waiting or running job.",
        footerHeading = "%nExample:%n",
        footer = "  pawl stop 3f2a91c4")
public final class StopCommand extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "The job's id, or its first 8 or more characters.")
    private String job = "";

    public StopCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        return show(api.post("/jobs/" + Api.segment(job) + "/stop"), answer -> screen().line(
                        "Job " + job + " is stopped."));
    }
}
