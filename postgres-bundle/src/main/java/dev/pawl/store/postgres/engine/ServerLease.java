package dev.pawl.store.postgres.engine;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The row that says that this process lives: while its lease is not over by the clock of the database, no other process takes its runs. Renewed
 * every few seconds on a thread and a connection of its own, which no other work delays.
 */
public final class ServerLease implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerLease.class);

    private static final long SECONDS = 15;
    private static final long RENEWED_EVERY_MS = 4_000;

    private static final String TAKE = "INSERT INTO servers (owner, lease_until) VALUES (?, " + StoreClock.MICROS
            + " + ?) " + "ON CONFLICT (owner) DO UPDATE SET lease_until = excluded.lease_until";
    private static final String END = "DELETE FROM servers WHERE owner = ?";
    private static final String FORGET_OTHERS = "DELETE FROM servers WHERE lease_until < " + StoreClock.MICROS
            + " AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.owner = servers.owner)";

    private final Connections connections;
    private final long owner;
    private final Thread thread = new Thread(this::run, "pawl-store-lease");
    private @Nullable Session session; // used by one thread at a time
    private boolean closed; // guarded by this

    public ServerLease(Connections connections, long owner) {
        this.connections = connections;
        this.owner = owner;
        thread.setDaemon(true);
    }

    /**
     * Takes the lease, and begins to renew it.
     *
     * @param opened the connection to use
     */
    public void begin(Session opened) throws SQLException {
        session = opened;
        renew();
        open().update(FORGET_OTHERS);
        thread.start();
    }

    private void renew() throws SQLException {
        open().update(TAKE, owner, TimeUnit.SECONDS.toMicros(SECONDS));
    }

    private Session open() throws SQLException {
        Session open = session;
        if (open == null) {
            open = connections.writer();
            session = open;
        }
        return open;
    }

    private void run() {
        while (awaitNext()) {
            try {
                renew();
            } catch (SQLException | RuntimeException e) {
                LOG.warn("The lease of this server at {} was not renewed: {}", connections.place(), e.getMessage());
                abandon();
            }
        }
    }

    /** Waits until the lease is to be renewed; false once it is ended. */
    private synchronized boolean awaitNext() {
        long untilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RENEWED_EVERY_MS);
        while (!closed) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(untilNs - System.nanoTime());
            if (leftMs <= 0) {
                return true;
            }
            try {
                wait(leftMs);
            } catch (InterruptedException e) {
                return false; // nobody interrupts it but the end of the process
            }
        }
        return false;
    }

    private void abandon() {
        Session open = session;
        session = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.debug("A connection to the store {} did not close", connections.place(), e);
            }
        }
    }

    /** Ends the lease: what this process still runs may be taken at once. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            open().update(END, owner);
        } catch (SQLException e) {
            LOG.debug("The lease at {} ends by itself", connections.place(), e);
        }
        abandon();
    }
}
