package dev.pawl.cli.module;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.job.JobText;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.Screen;
import dev.pawl.cli.screen.Table;
import dev.pawl.cli.screen.Table.Fit;
import java.util.Map;

/** Reports the result of a change to a module, or its forecast, with the effects on jobs and other bundles. */
final class ModuleReport {
    private static final Map<String, String> CHANGES = Map.of(
            "installed", "Installed",
            "updated", "Updated",
            "unchanged", "Already there:",
            "repaired", "Repaired",
            "uninstalled", "Uninstalled",
            "enabled", "Enabled",
            "disabled", "Disabled",
            "rolled_back", "Rolled back");

    private final Screen screen;

    ModuleReport(Screen screen) {
        this.screen = screen;
    }

    /**
     * @param change the change, when the answer does not name it
     * @param dryRun whether it is only a forecast
     */
    void show(JsonNode answer, String change, boolean dryRun) {
        String done = CHANGES.getOrDefault(JsonTrees.text(answer, "change"), change);
        String former = JsonTrees.text(answer, "former_version");
        screen.line((dryRun ? "Dry run, nothing changed. " : "")
                + (done + " " + JsonTrees.text(answer, "id") + " " + JsonTrees.text(answer, "version")).strip()
                + (former.isEmpty() || former.equals(JsonTrees.text(answer, "version")) ? "" : " (was " + former + ")")
                + ".");
        Table table = effects(answer);
        if (!table.isEmpty()) {
            screen.lines(table.lines(screen.terminal()));
        }
    }

    private static Table effects(JsonNode answer) {
        Table table =
                new Table().column("ON", Fit.WHOLE).column("NAME", Fit.FLEXIBLE).column("EFFECT", Fit.FLEXIBLE);
        JsonTrees.stream(answer.path("jobs"))
                .forEach(job -> row(
                        table, "job", JobText.shortId(JsonTrees.text(job, "job_id")), JsonTrees.text(job, "outcome")));
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

    private static void row(Table table, String on, String name, String effect) {
        table.row(new Cell(on, Colour.DIM), Cell.of(name), Cell.of(effect));
    }
}
