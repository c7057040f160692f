package dev.pawl.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.command.UsageException;
import dev.pawl.cli.input.Query;
import dev.pawl.cli.input.Range;
import dev.pawl.cli.screen.Colour;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists jobs. */
@Command(
        name = "jobs",
        mixinStandardHelpOptions = true,
        description = "Lists jobs, newest first.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  pawl jobs --status failed,stopped --module hello -n 50",
            "  pawl jobs --status failed --sort completed",
            "  pawl jobs --status failed --module hello --retry",
            "  pawl jobs --status pending --stop --dry-run",
            "",
            "At a terminal --stop, --retry, --remove and --priority ask first; in a script they take --yes."
        })
public final class JobsCommand extends ApiCommand {
    private static final Range LIMIT = new Range(1, 1_000);

    /** The statuses on the wire. */
    enum Status {
        PENDING,
        RUNNING,
        COMPLETED,
        FAILED,
        STOPPED
    }

    /** The orders on the wire, for completion; the server decides which it takes. */
    static final class Orders implements Iterable<String> {
        private static final List<String> ALL = List.of(
                "created",
                "created:asc",
                "started",
                "started:asc",
                "completed",
                "completed:asc",
                "priority",
                "priority:asc",
                "module",
                "module:desc");

        @Override
        public Iterator<String> iterator() {
            return ALL.iterator();
        }
    }

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            split = ",",
            description = "Only jobs in it: ${COMPLETION-CANDIDATES}, or several separated by commas.")
    private List<Status> statuses = List.of();

    @Option(names = "--module", paramLabel = "ID", description = "Only jobs with a task of this module.")
    private String module = "";

    @Option(names = "-q", paramLabel = "TEXT", description = "Only jobs whose title holds the text.")
    private String text = "";

    @Option(
            names = "--sort",
            paramLabel = "ORDER",
            completionCandidates = Orders.class,
            description = "The order: ${COMPLETION-CANDIDATES}. Others than created sort at most 10,000 jobs.")
    private String order = "";

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Goes on where the page before ended.")
    private String cursor = "";

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "NUMBER",
            description = "The greatest number of jobs, 1 to 1000. Default: ${DEFAULT-VALUE}.")
    private int limit = 20;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only jobs requested at this time or later, such as 2026-12-24T18:00:00+01:00.")
    private String since = "";

    @Option(names = "--until", paramLabel = "TIME", description = "Only jobs requested before this time.")
    private String until = "";

    @Mixin
    private final ActionOptions actions = new ActionOptions();

    public JobsCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        LIMIT.check("-n", limit);
        Optional<String> action = actions.action();
        if (action.isPresent()) {
            return new JobsAction(api, invocation(), output(), actions, action.get(), filter()).carryOut();
        }
        Query query = new Query("/jobs")
                .with("limit", limit)
                .with("status", words(statuses))
                .with("module", module)
                .with("q", text)
                .with("since", since)
                .with("until", until)
                .with("sort", order)
                .with("cursor", cursor);
        return show(api.get(query.toString()), this::list);
    }

    /** The filter of an action; the server refuses one without a condition. */
    private ObjectNode filter() throws UsageException {
        if (!order.isEmpty() || !cursor.isEmpty()) {
            throw new UsageException("--sort and --cursor belong to a list; an action takes all jobs of the filter.");
        }
        ObjectNode filter = JsonTrees.object();
        put(filter, "status", words(statuses));
        put(filter, "module", module);
        put(filter, "q", text);
        put(filter, "since", since);
        put(filter, "until", until);
        return filter;
    }

    private static void put(ObjectNode filter, String condition, String value) {
        if (!value.isEmpty()) {
            filter.put(condition, value);
        }
    }

    private static String words(List<Status> statuses) {
        return statuses.stream()
                .map(status -> status.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(","));
    }

    private void list(JsonNode page) {
        screen().table(JobTable.of(page.path("jobs"), times()), "No matching jobs.");
        String next = JsonTrees.text(page, "next_cursor");
        if (!next.isEmpty()) {
            screen().line(screen().paint(Colour.DIM, "More: --cursor " + next));
        }
    }
}
