package dev.pawl.cli.hook;

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

/** Lists the calls of a hook and what came of them. */
@Command(
        name = "deliveries",
        mixinStandardHelpOptions = true,
        description = "Lists the calls of a hook and what came of them, the latest first.",
        footerHeading = "%nExample:%n",
        footer = "  pawl hook deliveries deploy -n 100")
final class HookDeliveriesCommand extends HookCommand.OfOne {
    private static final Range LIMIT = new Range(1, 1_000);

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "NUMBER",
            description = "The greatest number of calls, 1 to 1000. Default: ${DEFAULT-VALUE}.")
    private int limit = 20;

    @Option(
            names = "--before",
            paramLabel = "NUMBER",
            description = "Only calls before this, as the list says at its end.")
    private String before = "";

    HookDeliveriesCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        LIMIT.check("-n", limit);
        Query query = new Query(path() + "/deliveries").with("limit", limit).with("before", before);
        return show(api.get(query.toString()), this::list);
    }

    private void list(JsonNode page) {
        Table table = new Table()
                .column("AT", Fit.WHOLE)
                .column("OUTCOME", Fit.WHOLE)
                .column("JOB", Fit.WHOLE)
                .column("DELIVERY", Fit.FLEXIBLE)
                .column("DETAIL", Fit.FLEXIBLE);
        List<String> jobs = JsonTrees.stream(page.path("deliveries"))
                .map(delivery -> JsonTrees.text(delivery, "job_id"))
                .filter(job -> !job.isEmpty())
                .distinct()
                .toList();
        int idLength = JobText.idLength(jobs);
        JsonTrees.stream(page.path("deliveries")).forEach(delivery -> row(table, delivery, idLength));
        screen().table(table, "It has not been called yet.");
        String next = JsonTrees.text(page, "next_before");
        if (!next.isEmpty()) {
            screen().note("There are more: pawl hook deliveries " + name() + " --before " + next);
        }
    }

    private void row(Table table, JsonNode delivery, int idLength) {
        String job = JsonTrees.text(delivery, "job_id");
        table.row(
                Cell.of(times().moment(JsonTrees.text(delivery, "at"))),
                outcome(JsonTrees.text(delivery, "outcome")),
                Cell.of(job.isEmpty() ? "-" : JobText.shortId(job, idLength)),
                Cell.of(JsonTrees.text(delivery, "delivery_id")),
                Cell.of(JsonTrees.text(delivery, "detail")));
    }

    /** The outcome of a call in its colour. */
    static Cell outcome(String outcome) {
        return new Cell(
                outcome.isEmpty() ? "-" : outcome,
                switch (outcome) {
                    case "started" -> Colour.GREEN;
                    case "refused" -> Colour.RED;
                    default -> Colour.YELLOW;
                });
    }
}
