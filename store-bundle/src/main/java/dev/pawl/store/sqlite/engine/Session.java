package dev.pawl.store.sqlite.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A connection with its prepared statements. For one thread at a time. */
public final class Session implements AutoCloseable {

    /**
     * The number of cached statements: more than this package has constant ones; of those with a variable part the least recently used are
     * dropped.
     */
    private static final int MOST_STATEMENTS = 128;

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new LinkedHashMap<>(MOST_STATEMENTS, 0.75f, true);
    private long updates;

    Session(Connection connection) {
        this.connection = connection;
    }

    /** Converts a row to a value. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Uses a row. */
    @FunctionalInterface
    public interface Use {
        void of(ResultSet row) throws SQLException;
    }

    /** Estimates the memory of a row that was read, in characters. */
    @FunctionalInterface
    public interface Weight<T> {
        long of(T found, ResultSet row) throws SQLException;
    }

    /** Reads from a session and returns the result. */
    @FunctionalInterface
    public interface Reading<T> {
        T read(Session session) throws SQLException;
    }

    /** Runs a script of any number of statements without values. */
    public void script(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    /** Runs a statement that changes rows; returns their number. */
    public int update(String sql, @Nullable Object... values) throws SQLException {
        int rows = bound(sql, values).executeUpdate();
        updates++;
        return rows;
    }

    /** The number of successful calls of {@link #update} so far. */
    long updates() {
        return updates;
    }

    /** Begins or ends a transaction. */
    void transact(String sql) throws SQLException {
        bound(sql).executeUpdate();
    }

    /** All rows of a query. */
    public <T> List<T> list(String sql, Row<T> row, @Nullable Object... values) throws SQLException {
        List<T> found = new ArrayList<>();
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            while (rows.next()) {
                found.add(row.read(rows));
            }
        }
        return found;
    }

    /** The rows of a query until their estimated memory reaches {@code most}; at least one when there is one. */
    public <T> List<T> listUpTo(long most, Weight<T> weight, String sql, Row<T> row, @Nullable Object... values)
            throws SQLException {
        List<T> found = new ArrayList<>();
        long weighs = 0;
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            while (weighs < most && rows.next()) {
                T next = row.read(rows);
                weighs += weight.of(next, rows);
                if (found.isEmpty() || weighs <= most) {
                    found.add(next);
                }
            }
        }
        return found;
    }

    /** Uses all rows of a query, of which one is in memory at a time. */
    public void each(String sql, Use use, @Nullable Object... values) throws SQLException {
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            while (rows.next()) {
                use.of(rows);
            }
        }
    }

    /** The first row of a query. */
    public <T> Optional<T> first(String sql, Row<T> row, @Nullable Object... values) throws SQLException {
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
        }
    }

    /** The number that a query returns; 0 when it has no row or the value is null. */
    public long number(String sql, @Nullable Object... values) throws SQLException {
        return first(sql, row -> row.getLong(1), values).orElse(0L);
    }

    /** Runs several reads on the same snapshot. */
    public <T> T atOneMoment(Reading<T> reading) throws SQLException {
        transact("BEGIN");
        try {
            return reading.read(this);
        } finally {
            transact("COMMIT");
        }
    }

    private PreparedStatement bound(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
            dropOldest();
        }
        for (int i = 0; i < values.length; i++) {
            bind(statement, i + 1, values[i]);
        }
        return statement;
    }

    private void dropOldest() throws SQLException {
        if (prepared.size() > MOST_STATEMENTS) {
            var oldest = prepared.entrySet().iterator();
            PreparedStatement statement = oldest.next().getValue();
            oldest.remove();
            statement.close();
        }
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value instanceof String text) {
            statement.setString(index, text);
        } else if (value instanceof Long number) {
            statement.setLong(index, number);
        } else if (value instanceof Integer number) {
            statement.setInt(index, number);
        } else if (value instanceof Double number) {
            statement.setDouble(index, number);
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(index, bytes);
        } else if (value == null) {
            statement.setNull(index, java.sql.Types.NULL);
        } else {
            throw new IllegalArgumentException("No column can hold a " + value.getClass());
        }
    }

    /** Closes the connection, which rolls back what is not committed. */
    @Override
    public void close() throws SQLException {
        prepared.clear();
        connection.close();
    }
}
