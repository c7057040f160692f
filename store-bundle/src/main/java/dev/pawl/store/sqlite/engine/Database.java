package dev.pawl.store.sqlite.engine;

import java.io.File;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/** The database file and the settings of connections to it: a commit returns when it is on disk. */
public final class Database implements Connections {

    /** The longest wait of a statement for a lock of another program, such as the sqlite3 shell. */
    private static final int BUSY_TIMEOUT_MS = 15_000;

    private static final int CACHE_KIB = 16 * 1024;

    /** The size of the write-ahead log, in pages, at which it is moved to the database: 32 MiB. */
    private static final int CHECKPOINT_PAGES = 8_192;

    private static final int JOURNAL_LIMIT_BYTES = 64 * 1024 * 1024;

    private final Path file;

    public Database(Path file) {
        this.file = file;
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public Session writer() throws SQLException {
        SQLiteConfig config = config();
        config.setSynchronous(SynchronousMode.FULL);
        config.setJournalSizeLimit(JOURNAL_LIMIT_BYTES);
        Session session = open(config);
        session.script("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
        return session;
    }

    @Override
    public Session reader() throws SQLException {
        SQLiteConfig config = config();
        config.setReadOnly(true);
        return open(config);
    }

    /**
     * Opens the file to look at it, beside a server that may have it open, without leaving anything behind: a file without a log of writes is
     * taken as one that never changes, since SQLite would make such a log for it.
     */
    public Session observer() throws SQLException {
        SQLiteConfig config = config();
        config.setReadOnly(true);
        File log = new File(file + "-wal");
        return log.length() > 0
                ? open(config)
                : open(config, file.toAbsolutePath().toUri().toString().replace("file:///", "file:/") + "?immutable=1");
    }

    private Session open(SQLiteConfig config) throws SQLException {
        return open(config, file.toString());
    }

    private static Session open(SQLiteConfig config, String name) throws SQLException {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + name);
        Connection connection = source.getConnection();
        if (connection instanceof SQLiteConnection opened) {
            // Transactions are begun and ended by statements. Otherwise the driver tries to begin one after each
            // statement.
            opened.getConnectionConfig().setAutoCommit(false);
        }
        return new Session(connection);
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        config.setCacheSize(-CACHE_KIB); // negative: KiB instead of pages
        config.enforceForeignKeys(true);
        config.setGetGeneratedKeys(false);
        return config;
    }
}
