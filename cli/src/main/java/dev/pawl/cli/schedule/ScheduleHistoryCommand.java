package dev.pawl.cli.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.input.Query;
import dev.pawl.cli.input.Range;
import dev.pawl.cli.job.JobText;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.Table;
import dev.pawl.cli.screen.Table.Fit;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the due times of a schedule and what came of them. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = "Lists the times of a schedule and what came of them, the latest first.",
        footerHeading = "%nExample:%n",
        footer = "  pawl schedule history nightly -n 100")
final class ScheduleHistoryCommand extends ScheduleCommand.OfOne {
    private static final Range LIMIT = new Range(1, 1_000);

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "NUMBER",
            description = "The greatest number of times, 1 to 1000. Default: ${DEFAULT-VALUE}.")
    private int limit = 20;

    @Option(
            names = "--before",
            paramLabel = "TIME",
            description = "Only times before this, as the list says at its end.")
    private String before = "";

    ScheduleHistoryCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        LIMIT.check("-n", limit);
        TimingOptions.requireTime("--before", before.isEmpty() ? null : before);
        Query query = new Query(path() + "/history").with("limit", limit).with("before", before);
        return show(api.get(query.toString()), this::list);
    }

    private void list(JsonNode page) {
        Table table = new Table()
                .column("DUE", Fit.WHOLE)
                .column("OUTCOME", Fit.WHOLE)
                .column("JOB", Fit.WHOLE)
                .column("DETAIL", Fit.FLEXIBLE);
        List<String> jobs = JsonTrees.stream(page.path("fires"))
                .map(fire -> JsonTrees.text(fire, "job_id"))
                .filter(job -> !job.isEmpty())
                .distinct()
                .toList();
        int idLength = JobText.idLength(jobs);
        JsonTrees.stream(page.path("fires")).forEach(fire -> row(table, fire, idLength));
        screen().table(table, "It has not been due yet.");
        String next = JsonTrees.text(page, "next_before");
        if (!next.isEmpty()) {
            screen().note("There are more: pawl schedule history " + name() + " --before " + next);
        }
    }

    private void row(Table table, JsonNode fire, int idLength) {
        String outcome = JsonTrees.text(fire, "outcome");
        String job = JsonTrees.text(fire, "job_id");
        table.row(
                Cell.of(times().moment(JsonTrees.text(fire, "due_at"))),
                new Cell(outcome, colour(outcome)),
                Cell.of(job.isEmpty() ? "-" : JobText.shortId(job, idLength)),
                Cell.of(JsonTrees.text(fire, "detail")));
    }

    private static Colour colour(String outcome) {
        return switch (outcome) {
            case "started" -> Colour.GREEN;
            case "failed" -> Colour.RED;
            default -> Colour.YELLOW;
        };
    }
}
