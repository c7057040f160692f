package dev.pawl.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.Json;
import dev.pawl.cli.screen.Screen;
import java.util.Map;

/** Says what a change to a module did, and what happened to its running jobs. */
final class ModuleReport {
    private static final Map<String, String> DEEDS = Map.of(
            "installed", "Installed",
            "updated", "Updated",
            "unchanged", "Already there:",
            "uninstalled", "Uninstalled",
            "enabled", "Enabled",
            "disabled", "Disabled",
            "rolled_back", "Rolled back");

    private final Screen screen;

    ModuleReport(Screen screen) {
        this.screen = screen;
    }

    /** @param deed what was done, where the answer does not say */
    void show(JsonNode answer, String deed) {
        String done = deed.startsWith("Would") ? deed : DEEDS.getOrDefault(Json.text(answer, "change"), deed);
        String former = Json.text(answer, "former_version");
        screen.line((done + " " + Json.text(answer, "id") + " " + Json.text(answer, "version")).strip()
                + (former.isEmpty() ? "" : " (was " + former + ")") + ".");
        Json.stream(answer.path("jobs"))
                .forEach(job -> screen.line(
                        "  job " + JobText.shortId(Json.text(job, "job_id")) + " " + Json.text(job, "outcome")));
    }
}
