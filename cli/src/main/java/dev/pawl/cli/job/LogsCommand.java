package dev.pawl.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Answer;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Interrupts;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.input.Range;
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
    private static final Range LIMIT = new Range(1, 10_000);

    @Parameters(paramLabel = "ID", description = "The job's id, or its first 8 or more characters.")
    private String job = "";

    @Option(
            names = {"-f", "--follow"},
            description =
                    "Keeps printing new entries until the job has ended, and ends with its outcome: 0 when it completed, else 1.")
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
        LIMIT.check("-n", limit);
        Answer stored = api.get("/jobs/" + Api.segment(job) + "/logs?limit=" + limit);
        if (!follow) {
            return show(stored, this::write);
        }
        JsonNode entries = stored.json().path("logs");
        if (output().isForPrograms()) {
            JsonTrees.stream(entries).forEach(entry -> output().writeOneOf(entry, screen()));
        } else {
            write(stored.json());
        }
        screen().flush();
        long last = entries.path(entries.size() - 1).path("sequence").asLong();
        JobFollower.Show show = output().isForPrograms() ? JobFollower.Show.VALUES : JobFollower.Show.LINES;
        JobFollower follower = new JobFollower(api, invocation(), show, last, output());
        Interrupts.Registration leaving = invocation().interrupts().onInterrupt(follower::abandon);
        try {
            return JobText.exitCode(follower.untilEnd(job));
        } finally {
            leaving.cancel();
        }
    }

    private void write(JsonNode answer) {
        LogLine line = new LogLine(screen(), times());
        JsonTrees.stream(answer.path("logs")).forEach(line::write);
    }
}
