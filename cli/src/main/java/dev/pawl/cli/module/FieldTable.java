package dev.pawl.cli.module;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.Screen;
import dev.pawl.cli.screen.Table;
import dev.pawl.cli.screen.Table.Fit;

/** The table of a module's inputs or settings. */
final class FieldTable {

    private FieldTable() {}

    /** Shows the fields below a title; nothing when there are none. */
    static void show(String title, JsonNode fields, Screen screen) {
        if (fields.isEmpty()) {
            return;
        }
        Table table = new Table()
                .column("NAME", Fit.WHOLE)
                .column("TYPE", Fit.WHOLE)
                .column("REQUIRED", Fit.WHOLE)
                .column("DEFAULT", Fit.FLEXIBLE)
                .column("ABOUT", Fit.FLEXIBLE);
        JsonTrees.stream(fields)
                .forEach(field -> table.row(
                        new Cell(JsonTrees.text(field, "id"), Colour.BOLD),
                        Cell.of(JsonTrees.text(field, "type")),
                        Cell.of(field.path("required").asBoolean() ? "yes" : ""),
                        Cell.of(JsonTrees.text(field, "default")),
                        Cell.of((JsonTrees.text(field, "description") + range(field)).strip())));
        screen.line("");
        screen.line(screen.paint(Colour.BOLD, title));
        screen.lines(table.lines(screen.terminal()));
    }

    private static String range(JsonNode field) {
        String min = bound(field.path("min"));
        String max = bound(field.path("max"));
        if (min.isEmpty() && max.isEmpty()) {
            return "";
        }
        return min.isEmpty()
                ? " (at most " + max + ")"
                : " (" + min + (max.isEmpty() ? " or more)" : " to " + max + ")");
    }

    /** With every digit; also older servers' bounds of integers, which are fractional numbers. */
    private static String bound(JsonNode value) {
        return value.isNumber() ? JsonTrees.number(value) : "";
    }
}
