package dev.pawl.store.postgres.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows that are inserted into a table together, by one statement. */
public final class SqlRows {

    private final String table;
    private final List<String> types;
    private final String sql;
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    /**
     * An empty set.
     *
     * @param columns the names and types of the columns, one after the other
     * @param rest the SQL that follows, such as what is done about conflicts
     */
    public SqlRows(String table, String rest, String... columns) {
        this.table = table;
        this.types = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < columns.length; i += 2) {
            names.add(columns[i]);
            types.add(columns[i + 1]);
        }
        String places = types.stream().map(type -> "?::" + type + "[]").collect(Collectors.joining(", "));
        this.sql = "INSERT INTO " + table + " (" + String.join(", ", names) + ") SELECT * FROM unnest(" + places + ")"
                + rest;
    }

    /** Adds a row, whose values stand in the order of the columns. */
    public void add(@Nullable Object... row) {
        if (row.length != types.size()) {
            throw new IllegalArgumentException(table + " has " + types.size() + " columns, not " + row.length);
        }
        rows.add(row);
    }

    /** Takes rows back that were added. */
    public void removeIf(Predicate<@Nullable Object[]> condition) {
        rows.removeIf(condition);
    }

    /** The number of its rows. */
    public int size() {
        return rows.size();
    }

    /** Adds the statement that inserts the rows, if there are any, and empties the set. */
    public void moveTo(List<SqlCall> calls) {
        if (rows.isEmpty()) {
            return;
        }
        Object[] values = new Object[types.size()];
        for (int i = 0; i < values.length; i++) {
            int column = i;
            List<@Nullable Object> all = new ArrayList<>(rows.size());
            rows.forEach(row -> all.add(row[column]));
            values[i] = new SqlArray(types.get(i), all);
        }
        calls.add(new SqlCall(sql, values));
        rows.clear();
    }

    /** Forgets the rows. */
    public void clear() {
        rows.clear();
    }
}
