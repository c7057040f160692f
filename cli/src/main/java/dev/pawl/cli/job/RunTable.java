package dev.pawl.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.Screen;
import dev.pawl.cli.screen.Table;
import dev.pawl.cli.screen.Table.Fit;
import dev.pawl.cli.screen.Times;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Formats the runs of a job, one line each, for a job with more than one run or more than one module. */
final class RunTable {
    private static final int MOST = 20;

    private final Screen screen;
    private final Times times;

    RunTable(Screen screen, Times times) {
        this.screen = screen;
        this.times = times;
    }

    /** @param job the job from the API, with its latest runs and the number of runs before them */
    void show(JsonNode job) {
        JsonNode runs = job.path("runs");
        if (runs.size() < 2 && kinds(runs.path(0)).size() < 2) {
            return; // the job itself shows everything
        }
        int hidden = Math.max(0, runs.size() - MOST);
        Table table = new Table()
                .column("RUN", Fit.NUMBER)
                .column("OUTCOME", Fit.WHOLE)
                .column("MODULE", Fit.FLEXIBLE)
                .column("VERSION", Fit.FLEXIBLE)
                .column("STARTED", Fit.WHOLE)
                .column("TOOK", Fit.WHOLE)
                .column("ERROR", Fit.FLEXIBLE);
        JsonTrees.stream(runs)
                .skip(hidden)
                .forEach(run -> table.row(
                        new Cell(JsonTrees.text(run, "epoch"), Colour.BOLD),
                        Cell.status(JsonTrees.text(run, "outcome")),
                        Cell.of(each(run, Kind::module)),
                        Cell.of(each(run, Kind::version)),
                        Cell.of(times.moment(JsonTrees.text(run, "started_at"))),
                        Cell.of(times.between(JsonTrees.text(run, "started_at"), JsonTrees.text(run, "ended_at"))),
                        Cell.of(JsonTrees.text(run.path("failure"), "message"))));
        screen.line("");
        screen.table(table, "");
        long leftOut = job.path("runs_left_out").asLong();
        if (hidden + leftOut > 0) {
            screen.line(hidden + leftOut + " earlier runs are not shown; "
                    + (leftOut == 0
                            ? "-o json shows them."
                            : "GET /jobs/" + JsonTrees.text(job, "id") + "/runs returns them."));
        }
    }

    private static String each(JsonNode run, Function<Kind, String> part) {
        return kinds(run).stream().map(part).filter(text -> !text.isEmpty()).collect(Collectors.joining(", "));
    }

    /** The modules and versions on which the run's tasks ran, in order, the current or last one at the end. */
    private static List<Kind> kinds(JsonNode run) {
        return Stream.concat(JsonTrees.stream(run.path("done_tasks")), Stream.of(run))
                .map(task -> new Kind(JsonTrees.text(task, "module"), JsonTrees.text(task, "module_version")))
                .distinct()
                .toList();
    }

    private record Kind(String module, String version) {}
}
