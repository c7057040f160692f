package dev.pawl.store.sqlite.engine;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small pool of read-only connections, opened on demand; a caller waits for a free one. One more is reserved for short reads, which
 * therefore never wait for large pages.
 */
public final class Readers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);

    private static final int MOST = 4;

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Connections connections;
    private final Duration timeout;
    private final Semaphore free = new Semaphore(MOST, true);
    private final Semaphore freeForShort = new Semaphore(1, true);
    private final Deque<Session> idle = new ArrayDeque<>(); // guarded by its own monitor
    private volatile boolean closed;

    /** @param timeout the longest wait for a connection */
    public Readers(Connections connections, Duration timeout) {
        this.connections = connections;
        this.timeout = timeout;
    }

    /** Runs a read on the calling thread. */
    public <T> T read(Session.Reading<T> reading) {
        return read(free, reading);
    }

    /** Runs a short read, which finds little through an index. */
    public <T> T readShort(Session.Reading<T> reading) {
        return free.tryAcquire() ? readAndRelease(free, reading) : read(freeForShort, reading);
    }

    private <T> T read(Semaphore permits, Session.Reading<T> reading) {
        if (!acquire(permits, 1, timeout)) {
            throw new ProblemException(
                    ProblemCode.STORE_UNAVAILABLE,
                    "The store " + connections.file() + " cannot be read now: earlier reads have taken "
                            + timeout.toSeconds() + " s and are still running.");
        }
        return readAndRelease(permits, reading);
    }

    private <T> T readAndRelease(Semaphore permits, Session.Reading<T> reading) {
        try {
            if (closed) {
                throw GroupCommit.closed();
            }
            return readWith(reading);
        } finally {
            permits.release();
        }
    }

    /** Runs a long read on the calling thread, with a connection of its own, so that others do not wait for it. */
    public <T> T readApart(Session.Reading<T> reading) {
        if (closed) {
            throw GroupCommit.closed();
        }
        try (Session session = connections.reader()) {
            return reading.read(session);
        } catch (SQLException e) {
            throw SqliteErrors.of(connections.file(), e);
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
            throw SqliteErrors.of(connections.file(), e);
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

    /** Waits for a connection even when the thread is interrupted. */
    private static boolean acquire(Semaphore permits, int wanted, Duration atMost) {
        boolean interrupted = false;
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            while (true) {
                try {
                    return permits.tryAcquire(wanted, deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits a while for running reads, and closes the connections. */
    @Override
    public void close() {
        closed = true;
        if (!acquire(free, MOST, CLOSE_TIMEOUT) || !acquire(freeForShort, 1, CLOSE_TIMEOUT)) {
            LOG.warn(
                    "Reads of the store {} are still running while it closes; they end with the process.",
                    connections.file());
            return;
        }
        try {
            synchronized (idle) {
                idle.forEach(this::close);
                idle.clear();
            }
        } finally {
            free.release(MOST);
            freeForShort.release();
        }
    }
}
