package dev.pawl.cli.module;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.Fields;
import dev.pawl.cli.screen.Times;

/** The roll-out of a version over several servers, in words. */
final class RollOutText {

    private RollOutText() {}

    /** Adds a line for a roll-out, and one for each server that has taken it; none when there is none. */
    static void addTo(Fields fields, JsonNode rollOut, Times times) {
        if (!rollOut.isObject()) {
            return;
        }
        String state = JsonTrees.text(rollOut, "state");
        fields.add(
                "Roll-out",
                new Cell(
                        versions(rollOut) + ", " + state + " since "
                                + times.moment(JsonTrees.text(rollOut, "started_at")) + " by "
                                + JsonTrees.text(rollOut, "started_by"),
                        Colour.YELLOW));
        JsonTrees.stream(rollOut.path("steps"))
                .forEach(step -> fields.add("", JsonTrees.text(step, "server") + " " + JsonTrees.text(step, "state")));
        if (state.equals("held")) {
            fields.add("", "`pawl module promote ID` lets it go on, `pawl module rollback ID` takes it back.");
        }
    }

    /** The versions, such as {@code 1.0.0 -> 2.0.0}. */
    static String versions(JsonNode rollOut) {
        String from = JsonTrees.text(rollOut, "from");
        return (from.isEmpty() ? "" : from + " -> ") + JsonTrees.text(rollOut, "to");
    }
}
