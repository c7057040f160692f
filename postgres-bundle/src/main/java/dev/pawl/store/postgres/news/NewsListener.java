package dev.pawl.store.postgres.news;

import dev.pawl.store.postgres.engine.Connections;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.Session.Notification;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for news of other servers on a connection of its own, which a NOTIFY of each of their transactions wakes. The rows are looked for every
 * few seconds in any case, and several times a second where a pooler accepts LISTEN and delivers nothing. Owns a thread and a connection, both
 * from the moment at which there is another server.
 */
public final class NewsListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NewsListener.class);

    private static final Duration CHECKED_EVERY = Duration.ofSeconds(2);
    private static final Duration PROBE = Duration.ofSeconds(2);
    private static final Duration PROBED_AGAIN = Duration.ofMinutes(1);
    private static final Duration POLLED_BUSY = Duration.ofMillis(250);
    private static final Duration POLLED_IDLE = Duration.ofSeconds(1);
    private static final Duration BUSY = Duration.ofSeconds(10);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);
    private static final Duration RECONNECT = Duration.ofMillis(500);
    private static final Duration UPKEEP = Duration.ofSeconds(15);
    private static final int LONGEST_JITTER_MS = 5;

    /** The shortest time between two reads: what several servers tell while they are busy is read together. */
    private static final Duration READ_EVERY = Duration.ofMillis(20);

    private final Connections connections;
    private final long owner;
    private final News news;
    private final Listener listener;
    private final Thread thread = new Thread(this::run, "pawl-store-listener");
    private boolean started; // guarded by this, as is what follows
    private boolean closed;
    private @Nullable Session session;
    private volatile @Nullable String trouble;
    private volatile long readNs;
    private volatile boolean hasRead;
    private long probedNs;
    private long cameNs = System.nanoTime();
    private long keptNs = System.nanoTime();

    /** Learns what is to be done, on the thread of the listener, which it must not block. */
    public interface Listener {

        /** Jobs may be claimable that were not before. */
        void ready();

        /** Jobs wait for other times than before. */
        void timed();

        /** A job is to be stopped, if it runs here. */
        void stop(StopWish wish);

        /** It is time to remove what servers that are gone have left. */
        void upkeep();
    }

    /**
     * Prepares the thread.
     *
     * @param owner the number of this process
     */
    public NewsListener(Connections connections, long owner, News news, Listener listener) {
        this.connections = connections;
        this.owner = owner;
        this.news = news;
        this.listener = listener;
        thread.setDaemon(true);
    }

    /** Begins to listen, unless it does so already. Safe for many threads. */
    public synchronized void start() {
        if (!started && !closed) {
            started = true;
            thread.start();
        }
    }

    /** Why news of other servers come late, if they do. Safe for many threads. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** The time since the news of other servers were read; empty while there was no other server. Safe for many threads. */
    public Optional<Duration> age() {
        return hasRead ? Optional.of(Duration.ofNanos(System.nanoTime() - readNs)) : Optional.empty();
    }

    private void run() {
        while (!isClosed()) {
            try {
                Session open = open();
                if (news.read(open)) {
                    cameNs = System.nanoTime();
                }
                readNs = System.nanoTime();
                hasRead = true;
                pass();
                await(open);
                pause(Duration.ofNanos(readNs + READ_EVERY.toNanos() - System.nanoTime()));
            } catch (SQLException | RuntimeException e) {
                if (!isClosed()) {
                    note("Changes by other servers at " + connections.place() + " cannot be read: " + e.getMessage());
                    abandon();
                    pause(RECONNECT);
                }
            }
        }
    }

    private void pass() {
        for (StopWish wish = news.takeStop(); wish != null; wish = news.takeStop()) {
            listener.stop(wish);
        }
        boolean isTimed = news.takeTimed();
        if (news.takeReady()) {
            pause(Duration.ofMillis(ThreadLocalRandom.current().nextInt(LONGEST_JITTER_MS + 1)));
            listener.ready();
        }
        if (isTimed) {
            listener.timed();
        }
        if (System.nanoTime() - keptNs >= UPKEEP.toNanos()) {
            keptNs = System.nanoTime() - ThreadLocalRandom.current().nextLong(UPKEEP.toNanos() / 4);
            listener.upkeep();
        }
    }

    private Session open() throws SQLException {
        Session open;
        synchronized (this) {
            open = session;
        }
        if (open == null) {
            open = connections.listener();
            open.limitSilence(LONGEST_SILENCE);
            synchronized (this) {
                session = open;
            }
            probe(open, NewsRows.channel(open));
            news.missedDocuments();
        } else if (trouble != null && System.nanoTime() - probedNs >= PROBED_AGAIN.toNanos()) {
            probe(open, NewsRows.channel(open));
        }
        return open;
    }

    /** Listens, and finds out whether what is told arrives: poolers that share connections between transactions lose it without a word. */
    private void probe(Session open, String channel) throws SQLException {
        open.script("LISTEN " + channel);
        String probe =
                channel + "_" + Long.toHexString(ThreadLocalRandom.current().nextLong());
        open.script("LISTEN " + probe);
        try (Session other = connections.reader()) {
            other.list("SELECT pg_notify(?, '')", row -> "", probe);
        }
        probedNs = System.nanoTime();
        boolean came = false;
        long leftNs = PROBE.toNanos();
        while (!came && leftNs > 0 && !isClosed()) {
            came = open.notifications(Duration.ofNanos(leftNs)).stream()
                    .anyMatch(one -> one.channel().equals(probe));
            leftNs = PROBE.toNanos() - (System.nanoTime() - probedNs);
        }
        open.script("UNLISTEN " + probe);
        if (came) {
            trouble = null;
        } else {
            note("The database " + connections.place()
                    + " does not deliver notifications, as behind a pooler in transaction mode: "
                    + "changes by other servers are looked for every " + POLLED_BUSY.toMillis()
                    + " ms while there are some. Let this server connect without that pooler.");
        }
    }

    private void note(String why) {
        if (trouble == null && !isClosed()) {
            LOG.warn("{}", why);
        }
        trouble = why;
    }

    /** Waits until another server has told something, or it is time to look. */
    private void await(Session open) throws SQLException {
        if (trouble != null) {
            boolean isBusy = System.nanoTime() - cameNs < BUSY.toNanos();
            pause(jittered(isBusy ? POLLED_BUSY : POLLED_IDLE));
            return;
        }
        long untilNs = System.nanoTime() + jittered(CHECKED_EVERY).toNanos();
        for (long leftNs = untilNs - System.nanoTime();
                leftNs > 0 && !isClosed();
                leftNs = untilNs - System.nanoTime()) {
            List<Notification> came = open.notifications(Duration.ofNanos(leftNs));
            if (came.stream().anyMatch(one -> !one.text().startsWith(owner + " "))) {
                return;
            }
        }
    }

    private static Duration jittered(Duration length) {
        return length.plus(length.multipliedBy(ThreadLocalRandom.current().nextInt(-25, 26))
                .dividedBy(100));
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized void pause(Duration length) {
        long untilNs = System.nanoTime() + length.toNanos();
        while (!closed) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(untilNs - System.nanoTime());
            if (leftMs <= 0) {
                return;
            }
            try {
                wait(leftMs);
            } catch (InterruptedException e) {
                return; // nobody interrupts it but the end of the process
            }
        }
    }

    private void abandon() {
        Session open;
        synchronized (this) {
            open = session;
            session = null;
        }
        if (open != null) {
            try {
                open.abort();
            } catch (SQLException e) {
                LOG.debug("A connection to the store {} did not close", connections.place(), e);
            }
        }
    }

    /** Ends the thread and the connection. */
    @Override
    public void close() {
        boolean wasStarted;
        synchronized (this) {
            closed = true;
            wasStarted = started;
            notifyAll();
        }
        abandon();
        boolean interrupted = false;
        while (wasStarted) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        abandon();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
