package dev.pawl.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.job.JobText;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.Fields;
import dev.pawl.cli.screen.Table;
import dev.pawl.cli.screen.Table.Fit;
import java.util.List;
import picocli.CommandLine.Command;

/** Shows the status of the server. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows the status of the server and its running jobs.",
        footerHeading = "%nExample:%n",
        footer = "  pawl status")
public final class StatusCommand extends ApiCommand {
    public StatusCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        return show(api.get("/status"), status -> {
            describe(status, api.address().url().toString());
            list(status.path("jobs"));
        });
    }

    private void describe(JsonNode status, String url) {
        JsonNode queue = status.path("queue");
        JsonNode abandoned = status.path("abandoned_threads");
        Fields fields = new Fields()
                .add("Server", new Cell(url, Colour.BOLD))
                .add("Status", new Cell(JsonTrees.text(status, "status"), Colour.GREEN))
                .add("Version", JsonTrees.text(status, "version"))
                .add("Uptime", JsonTrees.text(status, "uptime"))
                .add("Worker", JsonTrees.text(status, "worker_id"))
                .add("Modules", JsonTrees.text(status, "module_count"));
        queue.properties().forEach(entry -> fields.add("Queue " + entry.getKey(), JsonTrees.text(entry.getValue())));
        if (abandoned.asInt() > 0) {
            fields.add("Abandoned", new Cell(abandoned + " threads that did not end", Colour.RED));
        }
        screen().lines(fields.lines(screen().terminal()));
    }

    private void list(JsonNode jobs) {
        if (jobs.isEmpty()) {
            return;
        }
        List<String> ids =
                JsonTrees.stream(jobs).map(job -> JsonTrees.text(job, "id")).toList();
        int idLength = JobText.idLength(ids);
        Table table = new Table()
                .column("ID", Fit.WHOLE)
                .column("MODULE", Fit.FLEXIBLE)
                .column("STARTED", Fit.WHOLE)
                .column("FOR", Fit.NUMBER)
                .column("PROGRESS", Fit.NUMBER);
        JsonTrees.stream(jobs)
                .forEach(job -> table.row(
                        new Cell(JobText.shortId(JsonTrees.text(job, "id"), idLength), Colour.BOLD),
                        Cell.of(JsonTrees.text(job, "module")),
                        Cell.of(times().moment(JsonTrees.text(job, "started_at"))),
                        Cell.of(times().between(JsonTrees.text(job, "started_at"), "")),
                        Cell.of(JobText.percent(job))));
        screen().line("");
        screen().lines(table.lines(screen().terminal()));
    }
}
