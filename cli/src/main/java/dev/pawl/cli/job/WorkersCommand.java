package dev.pawl.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Api;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.command.ApiCommand;
import dev.pawl.cli.command.Invocation;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.Table;
import dev.pawl.cli.screen.Table.Fit;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** Lists the workers. */
@Command(
        name = "workers",
        mixinStandardHelpOptions = true,
        description = "Lists the workers that share the queue.",
        footerHeading = "%nExample:%n",
        footer = "  pawl workers")
public final class WorkersCommand extends ApiCommand {
    public WorkersCommand(Invocation invocation) {
        super(invocation);
    }

    @Override
    protected int execute(Api api) throws Exception {
        return show(api.get("/workers"), answer -> list(answer.path("workers")));
    }

    private void list(JsonNode workers) {
        Table table = new Table()
                .column("ID", Fit.WHOLE)
                .column("HOST", Fit.FLEXIBLE)
                .column("STATUS", Fit.WHOLE)
                .column("ONLINE", Fit.WHOLE)
                .column("VERSION", Fit.FLEXIBLE)
                .column("TASK", Fit.FLEXIBLE)
                .column("PROGRESS", Fit.NUMBER);
        JsonTrees.stream(workers)
                .forEach(worker -> table.row(
                        new Cell(JsonTrees.text(worker, "worker_id"), Colour.BOLD),
                        Cell.of(JsonTrees.text(worker, "hostname")),
                        status(worker),
                        Cell.of(times().moment(JsonTrees.text(worker, "online_at"))),
                        Cell.of(JsonTrees.text(worker, "version")),
                        Cell.of(JsonTrees.text(worker, "task")),
                        Cell.of(JobText.percent(worker))));
        screen().table(table, "No workers.");
        servers(workers);
    }

    /** The servers that share a store; there are none where it belongs to one. */
    private void servers(JsonNode workers) {
        Table table = new Table()
                .column("SERVER", Fit.WHOLE)
                .column("RELEASE", Fit.FLEXIBLE)
                .column("RUNNING", Fit.NUMBER)
                .column("SLOTS", Fit.NUMBER)
                .column("LEASE", Fit.NUMBER)
                .column("MODULES", Fit.FLEXIBLE);
        boolean any = false;
        for (JsonNode worker : workers) {
            JsonNode server = worker.path("server");
            if (server.isObject()) {
                any = true;
                table.row(
                        new Cell(JsonTrees.text(server, "name"), Colour.BOLD),
                        Cell.of(JsonTrees.text(worker, "version")),
                        Cell.of(JsonTrees.text(server, "running")),
                        Cell.of(JsonTrees.text(server, "slots")),
                        Cell.of(String.format(
                                Locale.ROOT, "%.1f s", server.path("lease_age").asDouble())),
                        Cell.of(JsonTrees.stream(server.path("modules"))
                                .map(WorkersCommand::module)
                                .collect(Collectors.joining(", "))));
            }
        }
        if (any) {
            screen().line("");
            screen().table(table, "");
        }
    }

    private static String module(JsonNode module) {
        String state = JsonTrees.text(module, "state");
        return JsonTrees.text(module, "bundle") + " " + JsonTrees.text(module, "version")
                + (state.equals("serving") ? "" : " (" + state + ")");
    }

    private static Cell status(JsonNode worker) {
        String drain = JsonTrees.text(worker, "drain_state");
        boolean isDisabled = worker.path("attributes").path("disabled").asBoolean();
        return Cell.status(!drain.isEmpty() ? drain : isDisabled ? "disabled" : JsonTrees.text(worker, "status"));
    }
}
