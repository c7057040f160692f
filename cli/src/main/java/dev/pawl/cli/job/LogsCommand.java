package dev.pawl.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Answer;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Interrupts;
import dev.pawl.cli.command.Invocation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a job's log. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        description = "Shows a job's log, and follows it as it grows.",
        footerHeading = "%nExamples:%n",
        footer = {"  pawl logs 3f2a91c4 -n 20", "  pawl logs 3f2a91c4 --follow"})
public final class LogsCommand extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "The job's id, or its first 8 or more characters.")
    private String job = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Keeps printing new entries until the job has ended. With -o json: one entry per line.")
    private boolean follow;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "NUMBER",
            description = "The number of last entries, 1 to 10000. Default: ${DEFAULT-VALUE}.")
    private int limit = 100;

    public LogsCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        Answer stored = api.get("/jobs/" + Api.segment(job) + "/logs?limit=" + limit);
        if (!follow) {
            return show(stored, this::write);
        }
        JsonNode entries = stored.json().path("logs");
        if (isJson()) {
            JsonTrees.stream(entries).forEach(entry -> screen().line(entry.toString()));
        } else {
            write(stored.json());
        }
        screen().flush();
        long last = entries.path(entries.size() - 1).path("sequence").asLong();
        JobFollower.Show show = isJson() ? JobFollower.Show.JSON : JobFollower.Show.LINES;
        JobFollower follower = new JobFollower(api, invocation(), show, last);
        Interrupts.Registration leaving = invocation().interrupts().onInterrupt(follower::abandon);
        try {
            follower.untilEnd(job);
        } finally {
            leaving.cancel();
        }
        return ExitCode.OK;
    }

    private void write(JsonNode answer) {
        LogLine line = new LogLine(screen(), times());
        JsonTrees.stream(answer.path("logs")).forEach(line::write);
    }
}
