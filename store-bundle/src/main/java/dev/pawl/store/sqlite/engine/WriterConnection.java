package dev.pawl.store.sqlite.engine;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection of the thread that writes: it is opened anew after a failure, and never waits long within SQLite for a lock. */
final class WriterConnection {

    private static final Logger LOG = LoggerFactory.getLogger(WriterConnection.class);

    /** The longest wait for a lock within SQLite, after which writes whose time is over are refused. */
    private static final int LOCK_SLICE_MS = 100;

    /** The longest wait for a lock of the empty transaction after a failed commit, which is worth a long wait. */
    private static final int INVALIDATE_LOCK_MS = 15_000;

    private final Connections connections;
    private @Nullable Session session;

    /** @param first an open connection, used until it fails */
    WriterConnection(Connections connections, Session first) throws SQLException {
        this.connections = connections;
        this.session = withShortLockWait(first);
    }

    /** The open connection, or a new one. */
    Session open() throws SQLException {
        Session open = session;
        if (open == null) {
            open = withShortLockWait(connections.writer());
            session = open;
        }
        return open;
    }

    /**
     * Invalidates a failed commit. When the disk is full, the commit may have left all its frames in the write-ahead log, where the next
     * process would find them complete: a refused group would reappear after a crash. Therefore, before any future completes, a transaction
     * without changes overwrites the beginning of these frames, which invalidates them.
     */
    void invalidateFailedCommit() {
        try {
            Session open = open();
            open.script("PRAGMA busy_timeout = " + INVALIDATE_LOCK_MS);
            long version = open.number("PRAGMA user_version");
            open.script("BEGIN IMMEDIATE");
            open.script("PRAGMA user_version = " + version);
            open.script("COMMIT");
            var unused = withShortLockWait(open);
        } catch (SQLException e) {
            LOG.debug("The store {} accepts no writes at all", connections.file(), e);
            abandon();
        }
    }

    /** Closes the connection; the next use opens a new one. */
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

    private static Session withShortLockWait(Session opened) throws SQLException {
        opened.script("PRAGMA busy_timeout = " + LOCK_SLICE_MS);
        return opened;
    }
}
