package dev.pawl.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.client.JsonTrees;
import dev.pawl.cli.screen.Cell;
import dev.pawl.cli.screen.Colour;
import dev.pawl.cli.screen.Table;
import dev.pawl.cli.screen.Table.Fit;
import dev.pawl.cli.screen.Times;
import java.util.List;

/** Formats jobs as a table. */
final class JobTable {
    private JobTable() {}

    static Table of(JsonNode jobs, Times times) {
        List<String> ids =
                JsonTrees.stream(jobs).map(job -> JsonTrees.text(job, "id")).toList();
        int idLength = JobText.idLength(ids);
        Table table = new Table()
                .column("ID", Fit.WHOLE)
                .column("MODULE", Fit.FLEXIBLE)
                .column("STATUS", Fit.WHOLE)
                .column("CREATED", Fit.WHOLE)
                .column("TOOK", Fit.NUMBER)
                .column("NOTE", Fit.FLEXIBLE);
        JsonTrees.stream(jobs)
                .forEach(job -> table.row(
                        new Cell(JobText.shortId(JsonTrees.text(job, "id"), idLength), Colour.BOLD),
                        Cell.of(JobText.module(job)),
                        Cell.status(JobText.status(job)),
                        Cell.of(times.moment(JsonTrees.text(job, "created_at"))),
                        Cell.of(JobText.took(job, times)),
                        new Cell(JobText.note(job), Colour.DIM)));
        return table;
    }
}
