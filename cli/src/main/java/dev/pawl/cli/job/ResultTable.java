package dev.pawl.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.Screen;
import dev.pawl.cli.screen.Table;
import dev.pawl.cli.screen.Table.Fit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Formats results for people: as a table when all have plain values under few names, else as a line of JSON each. */
final class ResultTable {
    private static final int MOST_COLUMNS = 8;

    private ResultTable() {}

    /** @param results the results from the API, each with {@code data} and perhaps {@code tentative} */
    static void write(List<JsonNode> results, Screen screen) {
        Set<String> names = new LinkedHashSet<>();
        boolean plain = true;
        for (JsonNode result : results) {
            JsonNode data = result.path("data");
            plain = plain && data.isObject();
            data.fieldNames().forEachRemaining(names::add);
            plain = plain
                    && data.properties().stream()
                            .allMatch(entry -> entry.getValue().isValueNode());
        }
        if (!plain || names.isEmpty() || names.size() > MOST_COLUMNS) {
            results.forEach(result -> screen.line(result.path("data").toString()));
            return;
        }
        Table table = new Table();
        names.forEach(name -> table.column(name.toUpperCase(Locale.ROOT), fit(name, results)));
        results.forEach(result ->
                table.row(names.stream().map(name -> cell(result, name)).toList()));
        screen.lines(table.lines(screen.terminal()));
    }

    private static Fit fit(String name, List<JsonNode> results) {
        boolean numbers = results.stream()
                .map(result -> result.path("data").path(name))
                .allMatch(value -> value.isNumber() || value.isMissingNode());
        return numbers ? Fit.NUMBER : Fit.FLEXIBLE;
    }

    /** A cell; values of tentative results are dimmed. */
    private static Cell cell(JsonNode result, String name) {
        boolean tentative = result.path("tentative").asBoolean();
        return new Cell(JsonTrees.text(result.path("data"), name), tentative ? Colour.DIM : Colour.PLAIN);
    }
}
