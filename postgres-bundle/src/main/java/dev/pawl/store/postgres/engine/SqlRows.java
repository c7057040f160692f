package dev.pawl.store.postgres.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are inserted into a table together, by one statement. Columns that are null in each of them are left out: the database takes an array for
 * each column, which costs it as much as the row itself, and no column has a default.
 */
public final class SqlRows {

    private final String table;
    private final String rest;
    private final List<String> names = new ArrayList<>();
    private final List<String> types = new ArrayList<>();
    private final Map<BitSet, String> statements = new HashMap<>(); // by the columns that they fill
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    /**
     * An empty set.
     *
     * @param columns the names and types of the columns, one after the other
     * @param rest the SQL that follows, such as what is done about conflicts
     */
    public SqlRows(String table, String rest, String... columns) {
        this.table = table;
        this.rest = rest;
        for (int i = 0; i < columns.length; i += 2) {
            names.add(columns[i]);
            types.add(columns[i + 1]);
        }
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
        BitSet filled = new BitSet(types.size());
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            int column = i;
            if (rows.stream().anyMatch(row -> row[column] != null)) {
                filled.set(column);
                List<@Nullable Object> all = new ArrayList<>(rows.size());
                rows.forEach(row -> all.add(row[column]));
                values.add(new SqlArray(types.get(column), all));
            }
        }
        calls.add(new SqlCall(statements.computeIfAbsent(filled, this::insert), values.toArray()));
        rows.clear();
    }

    private String insert(BitSet filled) {
        String columns = filled.stream().mapToObj(names::get).collect(Collectors.joining(", "));
        String places =
                filled.stream().mapToObj(i -> "?::" + types.get(i) + "[]").collect(Collectors.joining(", "));
        return "INSERT INTO " + table + " (" + columns + ") SELECT * FROM unnest(" + places + ")" + rest;
    }

    /** Forgets the rows. */
    public void clear() {
        rows.clear();
    }
}
