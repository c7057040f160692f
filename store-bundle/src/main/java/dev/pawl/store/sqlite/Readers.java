package dev.pawl.store.sqlite;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A few connections that only read, opened when they are first needed; who finds none free waits for one. */
final class Readers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);

    private static final int MOST = 4;

    private final Connections connections;
    private final Semaphore free = new Semaphore(MOST, true);
    private final Deque<Session> idle = new ArrayDeque<>(); // guarded by itself
    private volatile boolean closed;

    Readers(Connections connections) {
        this.connections = connections;
    }

    /** Reads on the calling thread. */
    <T> T read(Session.Reading<T> reading) {
        free.acquireUninterruptibly();
        try {
            if (closed) {
                throw GroupCommit.closed();
            }
            return readWith(reading);
        } finally {
            free.release();
        }
    }

    /** Reads on the calling thread, with a connection of its own, for what takes minutes and must not keep others waiting. */
    <T> T readApart(Session.Reading<T> reading) {
        if (closed) {
            throw GroupCommit.closed();
        }
        try (Session session = connections.reader()) {
            return reading.read(session);
        } catch (SQLException e) {
            throw Faults.problem(connections.file(), e);
        }
    }

    private <T> T readWith(Session.Reading<T> reading) {
        Session session = null;
        boolean healthy = false;
        try {
            session = take();
            T found = reading.read(session);
            healthy = true;
            return found;
        } catch (SQLException e) {
            throw Faults.problem(connections.file(), e);
        } finally {
            if (session != null) {
                giveBack(session, healthy);
            }
        }
    }

    private Session take() throws SQLException {
        synchronized (idle) {
            Session session = idle.poll();
            if (session != null) {
                return session;
            }
        }
        return connections.reader();
    }

    private void giveBack(Session session, boolean healthy) {
        if (healthy) {
            synchronized (idle) {
                idle.push(session);
            }
        } else {
            close(session);
        }
    }

    private void close(Session session) {
        try {
            session.close();
        } catch (SQLException e) {
            LOG.warn("A connection to the store {} did not close: {}", connections.file(), e.getMessage());
        }
    }

    /** Waits for the reads that are going on and closes the connections. */
    @Override
    public void close() {
        closed = true;
        free.acquireUninterruptibly(MOST);
        try {
            synchronized (idle) {
                idle.forEach(this::close);
                idle.clear();
            }
        } finally {
            free.release(MOST);
        }
    }
}
