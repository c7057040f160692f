package dev.pawl.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.input.Query;
import dev.pawl.cli.screen.Colour;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists jobs. */
@Command(
        name = "jobs",
        mixinStandardHelpOptions = true,
        description = "Lists jobs, newest first.",
        footerHeading = "%nExample:%n",
        footer = "  pawl jobs --status failed --module hello -n 50")
public final class JobsCommand extends ApiCommand {
    /** The statuses on the wire. */
    enum Status {
        PENDING,
        RUNNING,
        COMPLETED,
        FAILED,
        STOPPED
    }

    @Option(names = "--status", paramLabel = "STATUS", description = "Only jobs in it: ${COMPLETION-CANDIDATES}.")
    private @Nullable Status status;

    @Option(names = "--module", paramLabel = "ID", description = "Only jobs with a task of this module.")
    private String module = "";

    @Option(names = "-q", paramLabel = "TEXT", description = "Only jobs whose title holds the text.")
    private String text = "";

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Goes on where the page before ended.")
    private String cursor = "";

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "NUMBER",
            description = "The greatest number of jobs, 1 to 1000. Default: ${DEFAULT-VALUE}.")
    private int limit = 20;

    public JobsCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        Query query = new Query("/jobs")
                .with("limit", limit)
                .with("status", status == null ? "" : status.name().toLowerCase(Locale.ROOT))
                .with("module", module)
                .with("q", text)
                .with("cursor", cursor);
        return show(api.get(query.toString()), this::list);
    }

    private void list(JsonNode page) {
        screen().table(JobTable.of(page.path("jobs"), times()), "No matching jobs.");
        String next = JsonTrees.text(page, "next_cursor");
        if (!next.isEmpty()) {
            screen().line(screen().paint(Colour.DIM, "More: --cursor " + next));
        }
    }
}
