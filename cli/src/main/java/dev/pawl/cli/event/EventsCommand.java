package dev.pawl.cli.event;

import dev.pawl.cli.client.Api;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.ExitCode;
import dev.pawl.cli.command.Interrupts;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.input.Query;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what changes on the server, or of one job, as it happens. */
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        description = "Shows what changes on the server, as it happens, until Ctrl-C.",
        footerHeading = "%nExamples:%n",
        footer = {"  pawl events --types job,schedule", "  pawl events --job 3f2a91c4", "  pawl events -o json"})
public final class EventsCommand extends ApiCommand {
    private static final List<String> TYPES = List.of("job", "module", "worker", "schedule", "queue", "callback");

    @Option(
            names = "--types",
            split = ",",
            paramLabel = "TYPE",
            description = "Only events of these types, separated by commas: job, module, worker, schedule, queue,"
                    + " callback.")
    private List<String> types = List.of();

    @Option(
            names = "--job",
            paramLabel = "ID",
            description =
                    "Only what changes of this job, with its log from the beginning. Ends with the job, and with its outcome: 0"
                            + " when it completed, else 1.")
    private String job = "";

    public EventsCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        for (String type : types) {
            if (!TYPES.contains(type)) {
                throw new UsageException("--types is \"" + type + "\"; it takes some of " + String.join(", ", TYPES)
                        + ", separated by commas.");
            }
        }
        if (!job.isEmpty() && !types.isEmpty()) {
            throw new UsageException(
                    "--types is given with --job, which shows everything of the job; give one of them.");
        }
        String path = job.isEmpty()
                ? new Query("/events").with("types", String.join(",", types)).toString()
                : "/jobs/" + Api.segment(job) + "/events";
        EventFollower follower = new EventFollower(api, invocation(), output());
        Interrupts.Registration leaving = invocation().interrupts().onInterrupt(follower::abandon);
        try {
            String outcome = follower.untilEnd(path);
            return outcome.equals("completed") ? ExitCode.OK : ExitCode.FAILED;
        } finally {
            leaving.cancel();
        }
    }
}
