package dev.pawl.store.sqlite.engine;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection of the one thread that writes: opened anew after a failure, and never long in SQLite's own waiting for a lock. */
final class WriterConnection {

    private static final Logger LOG = LoggerFactory.getLogger(WriterConnection.class);

    /** How long SQLite itself waits for a lock before it is looked whether somebody waits no longer. */
    private static final int LOCK_SLICE_MS = 100;

    /** The time that the void transaction after a failed commit may wait for a lock: it matters more than time. */
    private static final int DISOWN_LOCK_MS = 15_000;

    private final Connections connections;
    private @Nullable Session session;

    /** @param first an open connection, used until it fails */
    WriterConnection(Connections connections, Session first) throws SQLException {
        this.connections = connections;
        this.session = impatient(first);
    }

    /** The connection there is, or a new one. */
    Session open() throws SQLException {
        Session open = session;
        if (open == null) {
            open = impatient(connections.writer());
            session = open;
        }
        return open;
    }

    /**
     * A commit that failed for want of room may have left all it had to write in the write-ahead log, where the next process would find
     * it whole: a group that is refused would be there after a crash. A transaction that changes nothing takes its place before
     * anybody is told; as far as it gets, it lies over the beginning of the other, which makes that void.
     */
    void disown() {
        try {
            Session open = open();
            open.script("PRAGMA busy_timeout = " + DISOWN_LOCK_MS);
            long version = open.number("PRAGMA user_version");
            open.script("BEGIN IMMEDIATE");
            open.script("PRAGMA user_version = " + version);
            open.script("COMMIT");
            var unused = impatient(open);
        } catch (SQLException e) {
            LOG.debug("The store {} takes nothing at all", connections.file(), e);
            abandon();
        }
    }

    /** Closes the connection; the next use has a new one. */
    void abandon() {
        Session open = session;
        session = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.warn("A connection to the store {} did not close: {}", connections.file(), e.getMessage());
            }
        }
    }

    private static Session impatient(Session opened) throws SQLException {
        opened.script("PRAGMA busy_timeout = " + LOCK_SLICE_MS);
        return opened;
    }
}
