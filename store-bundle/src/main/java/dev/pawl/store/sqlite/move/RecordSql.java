package dev.pawl.store.sqlite.move;

import dev.pawl.launch.RecordKind;
import dev.pawl.launch.RecordKind.Column;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The statements of a kind of records.
 *
 * @param kind the kind
 * @param extra columns that the insertion has besides those of the kind, whose values are computed
 * @param select the query of the records, whose columns are those of the kind
 * @param count the query of their number
 * @param inserts the statements that add one, which read it from {@code g}
 */
record RecordSql(RecordKind kind, List<String> extra, String select, String count, List<String> inserts) {

    /** A kind whose records are the rows of a table. */
    static RecordSql rows(RecordKind kind, String table, String order) {
        String columns = kind.columns().stream().map(Column::name).collect(Collectors.joining(", "));
        return of(
                kind,
                columns,
                table,
                order,
                "INSERT INTO " + table + " (" + columns + ") SELECT " + columns + " FROM g");
    }

    /** A kind whose records are otherwise in the database. */
    static RecordSql of(RecordKind kind, String columns, String from, String order, String... inserts) {
        return new RecordSql(
                kind,
                List.of(),
                "SELECT " + columns + " FROM " + from + " ORDER BY " + order,
                "SELECT count(*) FROM " + from,
                List.of(inserts));
    }

    /** The insertions with the values of a record. */
    List<String> statements() {
        List<String> names = Stream.concat(kind.columns().stream().map(Column::name), extra.stream())
                .toList();
        String places = names.stream().map(name -> "?").collect(Collectors.joining(", "));
        String record = "WITH g (" + String.join(", ", names) + ") AS (VALUES (" + places + ")) ";
        return inserts.stream().map(insert -> record + insert).toList();
    }
}
