package dev.pawl.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Screen;
import dev.pawl.cli.screen.Table;
import dev.pawl.cli.screen.Table.Fit;
import dev.pawl.cli.screen.Times;

/** Formats the events of which the callback of a job was told, or is to be, one line each. */
final class CallbackTable {
    private final Screen screen;
    private final Times times;

    CallbackTable(Screen screen, Times times) {
        this.screen = screen;
        this.times = times;
    }

    /** @param job the job from the API */
    void show(JsonNode job) {
        JsonNode callbacks = job.path("callbacks");
        if (callbacks.isEmpty()) {
            return;
        }
        Table table = new Table()
                .column("CALLBACK", Fit.WHOLE)
                .column("STATE", Fit.WHOLE)
                .column("TRIES", Fit.NUMBER)
                .column("NEXT", Fit.WHOLE)
                .column("LAST", Fit.FLEXIBLE);
        JsonTrees.stream(callbacks)
                .forEach(callback -> table.row(
                        Cell.of(JsonTrees.text(callback, "event")),
                        Cell.of(JsonTrees.text(callback, "state")),
                        Cell.of(String.valueOf(callback.path("tries").size())),
                        Cell.of(next(callback)),
                        Cell.of(last(callback.path("tries")))));
        screen.line("");
        screen.table(table, "");
    }

    private String next(JsonNode callback) {
        String time = JsonTrees.text(callback, "next_at");
        return time.isEmpty() ? "" : times.moment(time);
    }

    private static String last(JsonNode tries) {
        JsonNode latest = tries.path(tries.size() - 1);
        String error = JsonTrees.text(latest, "error");
        return error.isEmpty() ? JsonTrees.text(latest, "status") : error;
    }
}
