package dev.pawl.store.postgres.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement with its values, one of several that are sent together. */
public final class SqlCall {

    private final String sql;
    private final List<@Nullable Object> values;

    /**
     * A statement.
     *
     * @param values its values; sets of them are arrays
     */
    public SqlCall(String sql, @Nullable Object... values) {
        this(sql, Arrays.asList(values));
    }

    private SqlCall(String sql, List<@Nullable Object> values) {
        this.sql = sql;
        this.values = values;
    }

    /** A statement that must touch so many rows: otherwise the transaction fails, since its rows are others by now. */
    public static SqlCall expecting(long rows, String sql, @Nullable Object... values) {
        List<@Nullable Object> all = new ArrayList<>(Arrays.asList(values));
        all.add(rows);
        return new SqlCall(
                "WITH touched AS (" + sql + " RETURNING 1) SELECT expect_rows(count(*), ?) FROM touched", all);
    }

    /** Locks the rows of jobs against their end or move, of which there must be so many, as {@link #expecting} says. */
    public static SqlCall holding(String table, List<Long> jobs) {
        return new SqlCall(
                "WITH held AS MATERIALIZED (SELECT 1 FROM " + table
                        + " WHERE job = ANY (?) ORDER BY job FOR KEY SHARE) SELECT expect_rows(count(*), ?) FROM held",
                SqlArray.numbers(jobs),
                (long) jobs.size());
    }

    String sql() {
        return sql;
    }

    List<@Nullable Object> values() {
        return values;
    }
}
