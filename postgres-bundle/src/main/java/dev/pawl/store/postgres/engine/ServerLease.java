package dev.pawl.store.postgres.engine;

import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The row that says that this process lives: while its lease is not over by the clock of the database, no other process takes its runs. Renewed
 * every few seconds on a thread and a connection of its own, which no other work delays. This process itself counts a lease as over a second
 * before the database does, by lengths of time that began before the renewal was sent. The same thread looks for servers that are gone.
 */
public final class ServerLease implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerLease.class);

    private static final long SECONDS = 15;

    /** The time for which a lease holds after its renewal. */
    public static final Duration LENGTH = Duration.ofSeconds(SECONDS);

    private static final long RENEWED_EVERY_NS = TimeUnit.SECONDS.toNanos(4);
    private static final long LOOKED_EVERY_MS = 1_000;
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(3);
    private static final long SAID_EVERY_NS = TimeUnit.MINUTES.toNanos(1);

    private static final String TAKE = "INSERT INTO servers (owner, lease_until, name, release, slots, started_at) "
            + "VALUES (?, " + StoreClock.MICROS + " + ?, ?, ?, ?, " + StoreClock.MICROS
            + ") ON CONFLICT (owner) DO UPDATE SET lease_until = excluded.lease_until RETURNING lease_until";
    private static final String END = "DELETE FROM servers WHERE owner = ?";
    private static final String END_OF_FORMER =
            "UPDATE servers SET lease_until = least(lease_until, " + StoreClock.MICROS + ") WHERE owner = ?";

    /** A minute later: a change that was under way when a process was killed may still come. */
    private static final String FORGET_OTHERS = "DELETE FROM servers WHERE lease_until < " + StoreClock.MICROS
            + " - 60000000 AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.owner = servers.owner)";

    private static final String OTHERS =
            "SELECT count(*) FROM servers WHERE owner <> ? AND lease_until > " + StoreClock.MICROS;
    private static final String IS_ANY_GONE =
            "SELECT EXISTS (SELECT 1 FROM servers s WHERE s.lease_until < " + StoreClock.MICROS
                    + " AND EXISTS (SELECT 1 FROM runs WHERE runs.owner = s.owner AND runs.lease_until IS NULL))::int";

    private final Connections connections;
    private final ServerIdentity server;
    private final StoreClock clock;
    private final Listener listener;
    private final Thread thread = new Thread(this::run, "pawl-store-lease");
    private final Timeline timeline;
    private @Nullable Session session; // used by one thread at a time
    private boolean closed; // guarded by this, as is the next
    private boolean isUrgent; // a look is not awaited
    private final LeaseTrust trust = new LeaseTrust(LENGTH.minusSeconds(1));
    private volatile boolean over;
    private volatile boolean isAway; // whether the last look, about a second ago, did not reach the database
    private long awaySinceNs; // of the thread, as is what follows: since when it is away
    private long saidNs; // when that was said last
    private volatile long others; // servers with a lease, as of the last look
    private final AtomicLong ends = new AtomicLong();
    private long steadySinceNs; // since when each renewal has succeeded

    /** Learns of the lease, on its thread, which it must not block. */
    public interface Listener {

        /** The lease is over: other servers may take what this process runs. */
        void ended();

        /** The lease is there again. */
        void returned();

        /** The database has failed over to another one. */
        void failedOver();

        /** There are other servers. Told again and again. */
        void othersThere();

        /** Other servers have runs, and a lease that is over. */
        void othersGone();

        /**
         * Looks at rows about once a second, with the connection of the lease.
         *
         * @param isSteady whether other servers had the time of a lease to come back after an outage, so that what they left is left behind
         */
        void look(Session session, boolean isSteady) throws SQLException;
    }

    /**
     * Prepares the thread.
     *
     * @param clock told the time of the database with each renewal
     */
    public ServerLease(Connections connections, ServerIdentity server, StoreClock clock, Listener listener) {
        this.connections = connections;
        this.server = server;
        this.clock = clock;
        this.listener = listener;
        this.timeline = new Timeline(connections.place());
        thread.setDaemon(true);
    }

    /**
     * Ends the lease of the process before this one, takes the own, and begins to renew it.
     *
     * @param opened the connection to use
     */
    public void begin(Session opened, Predecessor former) throws SQLException {
        session = opened;
        opened.limitSilence(LONGEST_SILENCE);
        timeline.hasChanged(opened);
        steadySinceNs = System.nanoTime();
        OptionalLong before = former.owner();
        if (before.isPresent() && opened.update(END_OF_FORMER, before.getAsLong()) > 0) {
            LOG.info("The server that had this data folder before has ended; its jobs go on at once.");
        }
        former.follow(server.owner());
        renew();
        open().update(FORGET_OTHERS);
        lookForOthers();
        thread.start();
    }

    private void renew() throws SQLException {
        Session open = open();
        long known = trust.doubts();
        long sentNs = System.nanoTime();
        long length = TimeUnit.SECONDS.toMicros(SECONDS);
        long until = open.number(TAKE, server.owner(), length, server.name(), server.release(), server.slots());
        clock.hear(StoreClock.read(until - length));
        trust.renewed(sentNs, known);
    }

    /**
     * Trusts the lease no more until it was renewed, at once: another database may have taken over, whose row of this server is older. Safe for many
     * threads.
     */
    public void doubt() {
        trust.doubt();
        synchronized (this) {
            isUrgent = true;
            notifyAll();
        }
    }

    /** Whether this process may begin runs. Safe for many threads. */
    public boolean isHeld() {
        return !over && trust.isHeld();
    }

    /** Whether the database could not be reached a moment ago. Safe for many threads. */
    public boolean isAway() {
        return isAway;
    }

    /** The time since the lease was last renewed. Safe for many threads. */
    public Duration age() {
        return trust.age();
    }

    /** The number of other servers that had a lease a moment ago. Safe for many threads. */
    public long others() {
        return others;
    }

    /** How often this process found its lease to be over. Safe for many threads. */
    public long ends() {
        return ends.get();
    }

    private Session open() throws SQLException {
        Session open = session;
        if (open == null) {
            open = connections.writer();
            session = open;
            open.limitSilence(LONGEST_SILENCE);
            if (timeline.hasChanged(open)) {
                listener.failedOver();
            }
        }
        return open;
    }

    private void run() {
        while (awaitNext()) {
            try {
                noteEnd();
                if (over || trust.age().toNanos() >= RENEWED_EVERY_NS) {
                    renew();
                }
                noteReturn();
                look();
                noteThere();
            } catch (SQLException | RuntimeException e) {
                noteAway(e);
                abandon();
                steadySinceNs = System.nanoTime();
                noteEnd();
            }
        }
    }

    private void noteThere() {
        if (isAway) {
            isAway = false;
            LOG.info("The database {} is there again, after {} s.", connections.place(), secondsAway());
        }
    }

    /** Says so once, and then every minute. */
    private void noteAway(Exception why) {
        long nowNs = System.nanoTime();
        if (!isAway) {
            awaySinceNs = nowNs;
        }
        if (!isAway || nowNs - saidNs >= SAID_EVERY_NS) {
            saidNs = nowNs;
            LOG.warn(
                    "The lease of this server at {} was not renewed, for {} s: {}",
                    connections.place(),
                    secondsAway(),
                    why.getMessage());
        }
        isAway = true;
    }

    private long secondsAway() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - awaySinceNs);
    }

    private void noteEnd() {
        if (!over && !trust.isHeld()) {
            over = true;
            ends.incrementAndGet();
            steadySinceNs = System.nanoTime();
            LOG.warn(
                    "The lease of this server at {} is over: it takes no jobs, and those that run here are parked.",
                    connections.place());
            listener.ended();
        }
    }

    private void noteReturn() {
        if (over && trust.isHeld()) {
            over = false;
            LOG.info("This server has its lease at {} again.", connections.place());
            listener.returned();
        }
    }

    /** Looks for other servers. An outage of the database is no silence of the others: they get the time of a lease to come back. */
    private void look() throws SQLException {
        lookForOthers();
        boolean isSteady = System.nanoTime() - steadySinceNs >= TimeUnit.SECONDS.toNanos(SECONDS);
        if (isSteady && open().number(IS_ANY_GONE) != 0) {
            listener.othersGone();
        }
        listener.look(open(), isSteady);
    }

    private void lookForOthers() throws SQLException {
        others = open().number(OTHERS, server.owner());
        if (others != 0) {
            listener.othersThere();
        }
    }

    /** Waits until the next look, a little longer or shorter than the other servers; false once the lease is ended. */
    private synchronized boolean awaitNext() {
        long untilNs = System.nanoTime()
                + TimeUnit.MILLISECONDS.toNanos(
                        ThreadLocalRandom.current().nextLong(LOOKED_EVERY_MS * 3 / 4, LOOKED_EVERY_MS * 5 / 4));
        while (!closed) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(untilNs - System.nanoTime());
            if (leftMs <= 0 || isUrgent) {
                isUrgent = false;
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
            open().update(END, server.owner());
        } catch (SQLException e) {
            LOG.debug("The lease at {} ends by itself", connections.place(), e);
        }
        abandon();
    }
}
