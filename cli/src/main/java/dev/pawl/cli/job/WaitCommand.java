package dev.pawl.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.base.duration.DurationText;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.client.NoServerException;
import dev.pawl.cli.client.ProblemAnswerException;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.CommandInterruptedException;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Interrupts;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.screen.Cell;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Waits for jobs, and ends with their outcome. */
@Command(
        name = "wait",
        mixinStandardHelpOptions = true,
        description = "Waits until jobs have ended; the exit code says how.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pawl wait 3f2a91c4 && echo done",
            "  pawl wait $(pawl jobs --status pending,running --quiet) --timeout 10m",
            "",
            "Exit codes: 0 all jobs completed, 1 one failed or was stopped, 2 wrong usage, 3 no server, 124 not yet."
        })
public final class WaitCommand extends ApiCommand {
    @Parameters(paramLabel = "ID", arity = "1..*", description = "Jobs' ids, or their first 8 or more characters.")
    private List<String> jobs = List.of();

    @Option(names = "--timeout", paramLabel = "TIME", description = "Gives up after it, such as 30s. Default: never.")
    private String timeout = "";

    @Mixin
    private final StackOption stack = new StackOption();

    public WaitCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        Deadline deadline = new Deadline(patience());
        Interrupts.Registration leaving = invocation().interrupts().onInterrupt(deadline::abandon);
        int worst = ExitCode.OK;
        try {
            for (String job : jobs) {
                worst = Math.max(worst, outcome(api, job, deadline));
            }
        } catch (CommandInterruptedException e) {
            if (!deadline.isOver()) {
                throw e;
            }
            screen().note("Not all jobs have ended within " + timeout + ".");
            return ExitCode.TIMEOUT;
        } finally {
            leaving.cancel();
            deadline.cancel();
        }
        return worst;
    }

    private Duration patience() throws UsageException {
        return timeout.isEmpty()
                ? Duration.ZERO
                : DurationText.parse(timeout)
                        .filter(time -> !time.isZero())
                        .orElseThrow(() -> new UsageException(
                                "--timeout is \"" + timeout + "\"; it takes a time such as 30s or 10m."));
    }

    private int outcome(Api api, String job, Deadline deadline)
            throws NoServerException, ProblemAnswerException, InterruptedException, CommandInterruptedException {
        JsonNode log =
                api.get("/jobs/" + Api.segment(job) + "/logs?limit=1").json().path("logs");
        long last = log.path(0).path("sequence").asLong(); // what was logged before is not read
        JobFollower follower = new JobFollower(api, invocation(), JobFollower.Show.NOTHING, last, output());
        deadline.follow(follower);
        JsonNode ended = follower.untilEnd(job);
        if (output().isForPrograms()) {
            output().writeOneOf(ended, screen());
        } else if (!output().isQuiet()) {
            Cell status = Cell.status(JobText.status(ended));
            screen().line("Job " + JobText.shortId(JsonTrees.text(ended, "id")) + " "
                    + screen().paint(status.colour(), status.text()) + " in " + JobText.took(ended, times()) + ".");
            if (JobText.status(ended).equals("failed")) {
                new FailureText(screen(), stack).write(ended);
            }
        }
        screen().flush();
        return JobText.exitCode(ended);
    }
}
