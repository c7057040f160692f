package dev.pawl.benchmarks.peer;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The database of a peer, with the same guarantee as in Pawl, every commit on disk before it returns: SQLite in a folder, or the PostgreSQL
 * that its instances share.
 *
 * @param place the folder, or the address for JDBC
 */
record PeerDatabase(String place) {

    private static final int CONNECTIONS = 10;
    private static final int PATIENCE_MS = 60_000;

    /** Whether several processes share it. */
    boolean isShared() {
        return place.startsWith("jdbc:");
    }

    /** The SQL of a column type that the two name differently. */
    String type(String sqlite, String postgres) {
        return isShared() ? postgres : sqlite;
    }

    /** A pool of connections. */
    HikariDataSource pool() {
        HikariConfig pool = new HikariConfig();
        if (isShared()) {
            pool.setJdbcUrl(place);
            pool.setMaximumPoolSize(PeerLoad.WORKERS + CONNECTIONS); // none waits for another
        } else {
            pool.setDataSource(file());
            pool.setMaximumPoolSize(CONNECTIONS);
        }
        return new HikariDataSource(pool);
    }

    private SQLiteDataSource file() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(PATIENCE_MS);
        SQLiteDataSource file = new SQLiteDataSource(config);
        file.setUrl("jdbc:sqlite:" + place + "/peer.db");
        return file;
    }
}
