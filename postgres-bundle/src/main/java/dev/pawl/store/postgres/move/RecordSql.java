package dev.pawl.store.postgres.move;

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
 * @param insert the statement that adds them, which reads them from {@code g}
 */
record RecordSql(RecordKind kind, List<Column> extra, String select, String count, String insert) {

    /** A kind whose records are the rows of a table. */
    static RecordSql rows(RecordKind kind, String table, String order) {
        String columns = kind.columns().stream().map(Column::name).collect(Collectors.joining(", "));
        return of(
                kind,
                columns,
                table,
                order,
                "INSERT INTO " + table + " (" + columns + ") OVERRIDING SYSTEM VALUE SELECT " + columns + " FROM g");
    }

    /** A kind whose records are otherwise in the database. */
    static RecordSql of(RecordKind kind, String columns, String from, String order, String insert) {
        return new RecordSql(
                kind,
                List.of(),
                "SELECT " + columns + " FROM " + from + " ORDER BY " + order,
                "SELECT count(*) FROM " + from,
                insert);
    }

    /** The insertion with the records as sets of values, one for each column. */
    String statement() {
        List<Column> all = columns();
        String places =
                all.stream().map(column -> "?::" + type(column.type()) + "[]").collect(Collectors.joining(", "));
        String names = all.stream().map(Column::name).collect(Collectors.joining(", "));
        String records = "WITH g AS MATERIALIZED (SELECT * FROM unnest(" + places + ") AS g (" + names + "))";
        return insert.startsWith(",") ? records + insert : records + " " + insert;
    }

    /** The columns of {@code g}. */
    List<Column> columns() {
        return extra.isEmpty()
                ? kind.columns()
                : Stream.concat(kind.columns().stream(), extra.stream()).toList();
    }

    /** The type of a column in PostgreSQL. */
    static String type(RecordKind.Type type) {
        return switch (type) {
            case NUMBER -> "bigint";
            case REAL -> "float8";
            case TEXT -> "text";
            case FLAG -> "boolean";
            case ID -> "uuid";
            case BYTES -> "bytea";
        };
    }
}
