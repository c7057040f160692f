package dev.pawl.cli.module;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.job.JobText;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.Screen;
import dev.pawl.cli.screen.Table;
import dev.pawl.cli.screen.Table.Fit;

/** Reports the result of a change to a module, or its forecast, with the effects on jobs and other bundles. */
final class ModuleReport {
    /** The change on the wire as a deed and as a forecast. */
    private enum Change {
        INSTALLED("Installed", "Would install"),
        UPDATED("Updated", "Would update"),
        UNCHANGED("Already there:", "Already there:"),
        REPAIRED("Repaired", "Would repair"),
        UNINSTALLED("Uninstalled", "Would uninstall"),
        ENABLED("Enabled", "Would enable"),
        DISABLED("Disabled", "Would disable"),
        ROLLED_BACK("Rolled back", "Would roll back"),
        PAUSED("Paused", "Would pause"),
        RESUMED("Resumed", "Would resume");

        private final String done;
        private final String forecast;

        Change(String done, String forecast) {
            this.done = done;
            this.forecast = forecast;
        }

        /** @param older whether it leads to an older version */
        String done(boolean older) {
            return this == UPDATED && older ? "Replaced by an older version:" : done;
        }

        /** The change with this word on the wire; the other one when the answer has no such word. */
        static Change of(String word, Change otherwise) {
            for (Change change : values()) {
                if (change.name().equalsIgnoreCase(word)) {
                    return change;
                }
            }
            return otherwise;
        }
    }

    private final Screen screen;

    ModuleReport(Screen screen) {
        this.screen = screen;
    }

    /**
     * @param change the word of the change, when the answer does not name it
     * @param dryRun whether it is only a forecast
     */
    void show(JsonNode answer, String change, boolean dryRun) {
        Change made = Change.of(JsonTrees.text(answer, "change"), Change.of(change, Change.INSTALLED));
        String version = JsonTrees.text(answer, "version");
        String former = JsonTrees.text(answer, "former_version");
        boolean replaces = !former.isEmpty() && !former.equals(version);
        screen.line(
                dryRun
                        ? "Dry run, nothing changed. " + made.forecast + " " + named(answer, replaces ? " to " : " ")
                                + (replaces ? " (now " + former + ")." : ".")
                        : made.done(replaces && Versions.isOlder(version, former)) + " " + named(answer, " ")
                                + (replaces ? " (was " + former + ")." : "."));
        Table table = effects(answer);
        if (!table.isEmpty()) {
            screen.lines(table.lines(screen.terminal()));
        }
    }

    private static String named(JsonNode answer, String joint) {
        String version = JsonTrees.text(answer, "version");
        return JsonTrees.text(answer, "id") + (version.isEmpty() ? "" : joint + version);
    }

    private static Table effects(JsonNode answer) {
        Table table =
                new Table().column("ON", Fit.WHOLE).column("NAME", Fit.FLEXIBLE).column("EFFECT", Fit.FLEXIBLE);
        JsonTrees.stream(answer.path("jobs"))
                .forEach(job -> row(table, "job", JobText.shortId(JsonTrees.text(job, "job_id")), outcome(job)));
        JsonTrees.stream(answer.path("waiting"))
                .forEach(job -> row(table, "job", JobText.shortId(JsonTrees.text(job)), "waits for the module"));
        JsonTrees.stream(answer.path("touched"))
                .forEach(bundle -> row(table, "bundle", JsonTrees.text(bundle), "restarted"));
        JsonTrees.stream(answer.path("affected"))
                .forEach(other -> row(table, "bundle", JsonTrees.text(other, "bundle"), JsonTrees.text(other, "why")));
        JsonTrees.stream(answer.path("appears"))
                .forEach(capability ->
                        row(table, JsonTrees.text(capability, "kind"), JsonTrees.text(capability, "name"), "added"));
        JsonTrees.stream(answer.path("vanishes"))
                .forEach(capability ->
                        row(table, JsonTrees.text(capability, "kind"), JsonTrees.text(capability, "name"), "removed"));
        return table;
    }

    private static String outcome(JsonNode job) {
        String server = JsonTrees.text(job, "server");
        return JsonTrees.text(job, "outcome") + (server.isEmpty() ? "" : " on " + server);
    }

    private static void row(Table table, String on, String name, String effect) {
        table.row(new Cell(on, Colour.DIM), Cell.of(name), Cell.of(effect));
    }
}
