package dev.pawl.store.postgres.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Opens the connections of the pool of readers. While the database is away it is tried several times a second until it is there: the pool's own
 * pause doubles with each failure, up to five seconds, for which nothing would be read though the database is back. Called by the pool's thread,
 * which the end of the pool interrupts.
 */
final class ReaderSource extends PGSimpleDataSource {

    private static final long serialVersionUID = 1;
    private static final Duration RECONNECT = Duration.ofMillis(200);

    private transient volatile @Nullable SQLException fault;

    /** Why the last attempt has failed; empty when it has not. Safe for many threads. */
    Optional<SQLException> fault() {
        return Optional.ofNullable(fault);
    }

    @Override
    public Connection getConnection() throws SQLException {
        while (true) {
            try {
                Connection connection = super.getConnection();
                fault = null;
                return connection;
            } catch (SQLException e) {
                fault = e;
                if (!PostgresErrors.isConnection(e) || !isPaused()) {
                    throw e;
                }
            }
        }
    }

    /** Waits before the next attempt; false once the pool has ended. */
    private static boolean isPaused() {
        try {
            TimeUnit.MILLISECONDS.sleep(RECONNECT.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
