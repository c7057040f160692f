package dev.pawl.benchmarks.peer;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The database of a peer: SQLite with the same guarantee as in Pawl, every commit on disk before it returns. */
final class PeerDatabase {

    private static final int CONNECTIONS = 10;
    private static final int PATIENCE_MS = 60_000;

    private PeerDatabase() {}

    /** A pool of connections to a file in the folder. */
    static HikariDataSource in(Path folder) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(PATIENCE_MS);
        SQLiteDataSource file = new SQLiteDataSource(config);
        file.setUrl("jdbc:sqlite:" + folder.resolve("peer.db"));
        HikariConfig pool = new HikariConfig();
        pool.setDataSource(file);
        pool.setMaximumPoolSize(CONNECTIONS);
        return new HikariDataSource(pool);
    }
}
