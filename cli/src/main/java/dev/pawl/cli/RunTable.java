package dev.pawl.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Json;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.Screen;
import dev.pawl.cli.screen.Table;
import dev.pawl.cli.screen.Table.Fit;
import dev.pawl.cli.screen.Times;

/** The runs of a job, one line each; for a job that ran more than once. */
final class RunTable {
    private static final int MOST = 20;

    private final Screen screen;
    private final Times times;

    RunTable(Screen screen, Times times) {
        this.screen = screen;
        this.times = times;
    }

    void show(JsonNode runs) {
        if (runs.size() < 2) {
            return;
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
        Json.stream(runs)
                .skip(hidden)
                .forEach(run -> table.row(
                        new Cell(Json.text(run, "epoch"), Colour.BOLD),
                        Cell.status(Json.text(run, "outcome")),
                        Cell.of(Json.text(run, "module")),
                        Cell.of(Json.text(run, "module_version")),
                        Cell.of(times.moment(Json.text(run, "started_at"))),
                        Cell.of(times.between(Json.text(run, "started_at"), Json.text(run, "ended_at"))),
                        Cell.of(Json.text(run.path("failure"), "message"))));
        screen.line("");
        screen.table(table, "");
        if (hidden > 0) {
            screen.line(hidden + " earlier runs are not shown; -o json has them.");
        }
    }
}
