package dev.pawl.store.postgres.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** A connection with its prepared statements. For one thread at a time. */
public final class Session implements AutoCloseable {

    private static final int MOST_STATEMENTS = 128;
    private static final int FETCHED_AT_ONCE = 100;
    private static final String ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

    /** Settings of the transaction for plans that are made once, and that begin at indexes however small the tables are now. */
    private static final SqlCall BY_KEYS =
            new SqlCall("SELECT set_config('plan_cache_mode', 'force_generic_plan', true), "
                    + "set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true), "
                    + "set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)");

    private final Connection connection;
    private final List<SqlCall> settings;
    private final Map<String, PreparedStatement> prepared = new LinkedHashMap<>(MOST_STATEMENTS, 0.75f, true);

    public Session(Connection connection) {
        this(connection, List.of());
    }

    /** @param settings what each transaction begins with, which the connection itself cannot keep */
    Session(Connection connection, List<SqlCall> settings) {
        this.connection = connection;
        this.settings = settings;
    }

    /** The calls that follow the begin of a transaction that writes. */
    public List<SqlCall> settings() {
        return settings;
    }

    /** Converts a row to a value. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** A notification that another connection has sent on a channel. */
    public record Notification(String channel, String text) {}

    /** Uses a row. */
    @FunctionalInterface
    public interface Use {
        void of(ResultSet row) throws SQLException;
    }

    /** Estimates the memory of a row that was read, in characters. */
    @FunctionalInterface
    public interface Weight<T> {
        long of(T found);
    }

    /** Reads from a session and returns the result. */
    @FunctionalInterface
    public interface Reading<T> {
        T read(Session session) throws SQLException;
    }

    /** The text of a column, as it was before PostgreSQL got it. */
    public static @Nullable String text(ResultSet row, int column) throws SQLException {
        return PgText.read(row.getString(column));
    }

    /** The text of a column that is never null. */
    public static String presentText(ResultSet row, int column) throws SQLException {
        return Objects.requireNonNull(text(row, column));
    }

    /** Runs a script of any number of statements without values. */
    public void script(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Sends statements together, in one round trip, and hands over the results of those that read theirs. */
    public void all(List<SqlCall> calls) throws SQLException {
        if (calls.isEmpty()) {
            return;
        }
        PreparedStatement statement = together(calls);
        statement.execute();
        long left = calls.stream().filter(SqlCall::isRead).count();
        for (int i = 0; left > 0; i++) {
            SqlCall call = calls.get(i);
            if (call.isRead()) {
                call.read(statement);
                left--;
            }
            if (left > 0) {
                statement.getMoreResults();
            }
        }
    }

    /** Sends statements together, in one round trip, and reads the first row of the last one. */
    public <T> T last(List<SqlCall> calls, Row<T> row) throws SQLException {
        PreparedStatement statement = together(calls);
        statement.execute();
        for (int i = 1; i < calls.size(); i++) {
            statement.getMoreResults();
        }
        try (ResultSet rows = statement.getResultSet()) {
            rows.next();
            return row.read(rows);
        }
    }

    private PreparedStatement together(List<SqlCall> calls) throws SQLException {
        String sql = calls.stream().map(SqlCall::sql).collect(Collectors.joining("; "));
        List<@Nullable Object> values = new ArrayList<>();
        calls.forEach(call -> values.addAll(call.values()));
        return bound(sql, values.toArray());
    }

    /** Runs a statement that changes rows; returns their number. */
    public int update(String sql, @Nullable Object... values) throws SQLException {
        return bound(sql, values).executeUpdate();
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

    /**
     * The rows that a query finds by its values alone, in one round trip. It is planned once, as are all queries that follow in the transaction:
     * a reader plans anew for other values, which for such a query takes longer than to run it.
     */
    public <T> List<T> byKeys(String sql, Row<T> row, @Nullable Object... values) throws SQLException {
        List<T> found = new ArrayList<>();
        all(List.of(BY_KEYS, new SqlCall(sql, values).each(next -> found.add(row.read(next)))));
        return found;
    }

    /**
     * The rows of a query until their estimated memory reaches {@code most}; at least one when there is one. Within {@link #atOneMoment} alone,
     * where the driver fetches some rows at a time.
     */
    public <T> List<T> listUpTo(long most, Weight<T> weight, String sql, Row<T> row, @Nullable Object... values)
            throws SQLException {
        List<T> found = new ArrayList<>();
        long weighs = 0;
        PreparedStatement statement = bound(sql, values);
        statement.setFetchSize(FETCHED_AT_ONCE);
        try (ResultSet rows = statement.executeQuery()) {
            while (weighs < most && rows.next()) {
                T next = row.read(rows);
                weighs += weight.of(next);
                if (found.isEmpty() || weighs <= most) {
                    found.add(next);
                }
            }
        }
        return found;
    }

    /** Uses all rows of a query, of which some are in memory at a time. Within {@link #atOneMoment} alone, as {@link #listUpTo}. */
    public void each(String sql, Use use, @Nullable Object... values) throws SQLException {
        each(FETCHED_AT_ONCE, sql, use, values);
    }

    /** The same, with so many rows in memory; also within {@link #begin}. */
    public void each(int fetched, String sql, Use use, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = bound(sql, values);
        statement.setFetchSize(fetched);
        try (ResultSet rows = statement.executeQuery()) {
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

    /** Begins a transaction that lasts until {@link #commit}, or the end of the connection. */
    public void begin() throws SQLException {
        connection.setAutoCommit(false);
    }

    /** Commits the transaction that was begun. */
    public void commit() throws SQLException {
        connection.commit();
        connection.setAutoCommit(true);
    }

    /** Undoes the transaction that was begun. */
    public void rollback() throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
    }

    /** Runs several reads on the same snapshot, whose rows come a few at a time. */
    public <T> T atOneMoment(Reading<T> reading) throws SQLException {
        connection.setAutoCommit(false);
        try {
            script(ONE_MOMENT);
            return reading.read(this);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
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

    private void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value instanceof String text) {
            statement.setString(index, PgText.kept(text));
        } else if (value instanceof Long number) {
            statement.setLong(index, number);
        } else if (value instanceof Integer number) {
            statement.setInt(index, number);
        } else if (value instanceof Boolean flag) {
            statement.setBoolean(index, flag);
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(index, bytes);
        } else if (value instanceof UUID id) {
            statement.setObject(index, id);
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(index, bytes);
        } else if (value instanceof SqlArray array) {
            statement.setArray(index, connection.createArrayOf(array.type(), array.kept()));
        } else if (value == null) {
            statement.setNull(index, Types.NULL);
        } else {
            throw new IllegalArgumentException("No column can hold a " + value.getClass());
        }
    }

    /** Waits for what other connections tell on the channels that this one listens to; returns what they told. */
    public List<Notification> notifications(Duration longest) throws SQLException {
        int ms = Math.max(1, Math.toIntExact(longest.toMillis())); // 0 would wait for ever
        PGNotification[] came = connection.unwrap(PGConnection.class).getNotifications(ms);
        return came == null
                ? List.of()
                : Stream.of(came)
                        .map(one -> new Notification(one.getName(), one.getParameter()))
                        .toList();
    }

    /** Ends the connection at once, whatever another thread does with it. */
    public void abort() throws SQLException {
        connection.abort(Runnable::run);
    }

    /** Gives a connection up that is silent within a statement for longer. */
    public void limitSilence(Duration longest) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(longest.toMillis()));
    }

    /** Closes the connection, which rolls back what is not committed. */
    @Override
    public void close() throws SQLException {
        prepared.clear();
        connection.close();
    }
}
