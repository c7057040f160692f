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
 * A few connections that only read, opened when they are first needed; who finds none free waits for one. One more is kept for what takes
 * a moment, which then waits for no large page.
 */
public final class Readers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);

    private static final int MOST = 4;

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final Connections connections;
    private final Duration patience;
    private final Semaphore free = new Semaphore(MOST, true);
    private final Semaphore freeForAMoment = new Semaphore(1, true);
    private final Deque<Session> idle = new ArrayDeque<>(); // guarded by itself
    private volatile boolean closed;

    /** @param patience how long a read waits for a connection */
    public Readers(Connections connections, Duration patience) {
        this.connections = connections;
        this.patience = patience;
    }

    /** Reads on the calling thread. */
    public <T> T read(Session.Reading<T> reading) {
        return read(free, reading);
    }

    /** The same for what is small and found at once. */
    public <T> T readAMoment(Session.Reading<T> reading) {
        return free.tryAcquire() ? readAndRelease(free, reading) : read(freeForAMoment, reading);
    }

    private <T> T read(Semaphore permits, Session.Reading<T> reading) {
        if (!acquire(permits, 1, patience)) {
            throw new ProblemException(
                    ProblemCode.STORE_UNAVAILABLE,
                    "The store " + connections.file() + " is not read: the reads before this one have taken "
                            + patience.toSeconds() + " s and go on.");
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

    /** Reads on the calling thread, with a connection of its own, for what takes minutes and must not keep others waiting. */
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

    /** Waits, also when the thread is interrupted: a read must not depend on that. */
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

    /** Waits a while for the reads that are going on, and closes the connections. */
    @Override
    public void close() {
        closed = true;
        if (!acquire(free, MOST, CLOSE_PATIENCE) || !acquire(freeForAMoment, 1, CLOSE_PATIENCE)) {
            LOG.warn("Reads of the store {} go on while it closes; they end with the process.", connections.file());
            return;
        }
        try {
            synchronized (idle) {
                idle.forEach(this::close);
                idle.clear();
            }
        } finally {
            free.release(MOST);
            freeForAMoment.release();
        }
    }
}
