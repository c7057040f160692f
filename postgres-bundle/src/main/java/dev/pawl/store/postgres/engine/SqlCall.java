package dev.pawl.store.postgres.engine;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement with its values, one of several that are sent together, and what is done with its result. */
public final class SqlCall {

    private final String sql;
    private final List<@Nullable Object> values;
    private final @Nullable OnRow reader;
    private final @Nullable OnCount counter;

    /** Takes a row of a result. */
    @FunctionalInterface
    public interface OnRow {
        void take(ResultSet row) throws SQLException;
    }

    /** Takes the number of rows that were changed. */
    @FunctionalInterface
    public interface OnCount {
        void take(int rows);
    }

    /**
     * A statement whose result is not read.
     *
     * @param values its values; sets of them are arrays
     */
    public SqlCall(String sql, @Nullable Object... values) {
        this(sql, Arrays.asList(values), null, null);
    }

    private SqlCall(String sql, List<@Nullable Object> values, @Nullable OnRow reader, @Nullable OnCount counter) {
        this.sql = sql;
        this.values = values;
        this.reader = reader;
        this.counter = counter;
    }

    /** A statement that must touch so many rows: otherwise the transaction fails, since its rows are others by now. */
    public static SqlCall expecting(long rows, String sql, @Nullable Object... values) {
        List<@Nullable Object> all = new ArrayList<>(Arrays.asList(values));
        all.add(rows);
        return new SqlCall(
                "WITH touched AS (" + sql + " RETURNING 1) SELECT expect_rows(count(*), ?) FROM touched",
                all,
                null,
                null);
    }

    /** Locks the rows of jobs against their end or move, of which there must be so many, as {@link #expecting} says. */
    public static SqlCall holding(String table, List<Long> jobs) {
        return new SqlCall(
                "WITH held AS MATERIALIZED (SELECT 1 FROM " + table
                        + " WHERE job = ANY (?) ORDER BY job FOR KEY SHARE) SELECT expect_rows(count(*), ?) FROM held",
                SqlArray.numbers(jobs),
                (long) jobs.size());
    }

    /** The same query, whose rows are read. */
    public SqlCall each(OnRow taking) {
        return new SqlCall(sql, values, taking, null);
    }

    /** The same statement, whose changed rows are counted. */
    public SqlCall counted(OnCount taking) {
        return new SqlCall(sql, values, null, taking);
    }

    String sql() {
        return sql;
    }

    /** Its values. */
    public List<@Nullable Object> values() {
        return values;
    }

    boolean isRead() {
        return reader != null || counter != null;
    }

    /** Reads the result at which a statement stands. */
    void read(PreparedStatement statement) throws SQLException {
        if (reader != null) {
            try (ResultSet rows = statement.getResultSet()) {
                while (rows.next()) {
                    reader.take(rows);
                }
            }
        } else if (counter != null) {
            counter.take(statement.getUpdateCount());
        }
    }
}
