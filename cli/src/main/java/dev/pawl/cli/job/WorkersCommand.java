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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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
                .column("MODULES", Fit.NUMBER);
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
                        Cell.of(String.valueOf(server.path("modules").size())));
            }
        }
        if (any) {
            screen().line("");
            screen().table(table, "");
            modules(workers);
        }
    }

    /** The versions of module bundles, each with the servers that have it. */
    private void modules(JsonNode workers) {
        Map<List<String>, List<String>> servers = new TreeMap<>(
                Comparator.comparing((List<String> version) -> version.get(0)).thenComparing(Object::toString));
        long all = 0;
        for (JsonNode worker : workers) {
            JsonNode server = worker.path("server");
            all += server.isObject() ? 1 : 0;
            JsonTrees.stream(server.path("modules"))
                    .forEach(module -> servers.computeIfAbsent(version(module), version -> new ArrayList<>())
                            .add(JsonTrees.text(server, "name")));
        }
        if (servers.isEmpty()) {
            return;
        }
        Table table = new Table()
                .column("BUNDLE", Fit.FLEXIBLE)
                .column("VERSION", Fit.WHOLE)
                .column("STATE", Fit.WHOLE)
                .column("SERVERS", Fit.FLEXIBLE);
        long number = all;
        servers.forEach((version, names) -> table.row(
                new Cell(version.get(0), Colour.BOLD),
                Cell.of(version.get(1)),
                Cell.of(version.get(2)),
                Cell.of(names.size() == number ? "all" : String.join(", ", names))));
        screen().line("");
        screen().table(table, "");
    }

    private static List<String> version(JsonNode module) {
        return List.of(
                JsonTrees.text(module, "bundle"), JsonTrees.text(module, "version"), JsonTrees.text(module, "state"));
    }

    private static Cell status(JsonNode worker) {
        String drain = JsonTrees.text(worker, "drain_state");
        boolean isDisabled = worker.path("attributes").path("disabled").asBoolean();
        return Cell.status(!drain.isEmpty() ? drain : isDisabled ? "disabled" : JsonTrees.text(worker, "status"));
    }
}
