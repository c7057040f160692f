package dev.pawl.store.postgres.engine;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** The connections to a database: one that writes, which is opened anew when it breaks, and a small pool of those that read. */
public final class Database implements Connections {

    private static final int MOST_READERS = 5;
    private static final int CONNECT_SECONDS = 10;

    /** The longest silence of the database within a statement, after which the connection counts as broken. */
    private static final int SILENT_SECONDS = 60;

    /**
     * The plans of the writer start at indexes: a table that was empty when its statistics were taken, or when a plan was made, would be read
     * whole otherwise, also once it is full. A transaction of a server that is cut off ends before others take its runs, whose rows it may hold.
     */
    public static final String WRITER_OPTIONS =
            "-c jit=off -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c enable_sort=off "
                    + "-c enable_bitmapscan=off -c plan_cache_mode=force_generic_plan -c idle_in_transaction_session_timeout=10s";

    /** The same for a transaction, where options of connections do not arrive. */
    private static final SqlCall WRITER_SETTINGS = new SqlCall(
            "SELECT set_config('jit', 'off', true), set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true), "
                    + "set_config('enable_mergejoin', 'off', true), set_config('enable_sort', 'off', true), "
                    + "set_config('enable_bitmapscan', 'off', true), set_config('idle_in_transaction_session_timeout', '10s', true)");

    /**
     * Plans of reads, which are of many kinds, are made for what the tables are now, and for disks that look rows up about as fast as they read on.
     * With PostgreSQL's default, which is for disks that turn, a page of 100 jobs of some ten thousand is read with all of them.
     */
    private static final String READER_OPTIONS =
            "-c jit=off -c random_page_cost=1.1 -c plan_cache_mode=force_custom_plan -c idle_in_transaction_session_timeout=60s";

    private final PostgresAddress address;
    private final ReaderSource readersSource = new ReaderSource();
    private final HikariDataSource readers;
    private @Nullable Boolean isPooled; // guarded by this; null until a connection was opened

    /**
     * Prepares the pool, which opens connections on demand.
     *
     * @param longestWait the longest wait of a read for a connection
     */
    public Database(PostgresAddress address, Duration longestWait) {
        this.address = address;
        HikariConfig config = new HikariConfig();
        config.setPoolName("pawl-store");
        prepare(readersSource, "pawl", READER_OPTIONS);
        config.setDataSource(readersSource);
        config.setMaximumPoolSize(MOST_READERS);
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(longestWait.toMillis());
        this.readers = new HikariDataSource(config);
    }

    private PGSimpleDataSource source(String name, String options) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        prepare(source, name, options);
        return source;
    }

    private void prepare(PGSimpleDataSource source, String name, String options) {
        source.setUrl(address.url());
        source.setUser(address.user());
        source.setPassword(address.password());
        source.setOptions(options);
        source.setApplicationName(name);
        source.setTcpKeepAlive(true);
    }

    @Override
    public String place() {
        return address.place();
    }

    @Override
    public Session writer() throws SQLException {
        return open(source("pawl-writer", WRITER_OPTIONS), List.of(WRITER_SETTINGS));
    }

    @Override
    public Session listener() throws SQLException {
        return open(source("pawl-listener", READER_OPTIONS), List.of());
    }

    private Session open(PGSimpleDataSource source, List<SqlCall> settings) throws SQLException {
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(SILENT_SECONDS);
        if (!isPooled()) {
            return new Session(source.getConnection());
        }
        adapt(source);
        return new Session(source.getConnection(), settings);
    }

    /** Whether a pooler lends connections for a transaction only. Asked once, with the first connection. */
    private synchronized boolean isPooled() throws SQLException {
        Boolean known = isPooled;
        if (known == null) {
            PGSimpleDataSource probe = source("pawl", READER_OPTIONS);
            probe.setConnectTimeout(CONNECT_SECONDS);
            probe.setSocketTimeout(CONNECT_SECONDS);
            known = Pooler.isBefore(probe, place());
            if (known) {
                adapt(readersSource);
            }
            isPooled = known;
        }
        return known;
    }

    private static void adapt(PGSimpleDataSource source) {
        source.setOptions(null);
        source.setPrepareThreshold(0);
    }

    @Override
    public Session reader() throws SQLException {
        isPooled();
        try {
            return new Session(readers.getConnection());
        } catch (SQLTransientConnectionException late) { // the pool does not say why it has no connection
            throw readersSource.fault().orElse(late);
        }
    }

    @Override
    public void close() {
        readers.close();
    }
}
