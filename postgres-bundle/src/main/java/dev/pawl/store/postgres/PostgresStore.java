package dev.pawl.store.postgres;

import dev.pawl.service.job.JobStatus;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.SharedWorkers;
import dev.pawl.store.kit.ChangedJobs;
import dev.pawl.store.postgres.delivery.NewDeliveries;
import dev.pawl.store.postgres.engine.Connections;
import dev.pawl.store.postgres.engine.Database;
import dev.pawl.store.postgres.engine.Durability;
import dev.pawl.store.postgres.engine.Filling;
import dev.pawl.store.postgres.engine.GroupWriter;
import dev.pawl.store.postgres.engine.Migrations;
import dev.pawl.store.postgres.engine.PostgresAddress;
import dev.pawl.store.postgres.engine.PostgresErrors;
import dev.pawl.store.postgres.engine.Predecessor;
import dev.pawl.store.postgres.engine.Readers;
import dev.pawl.store.postgres.engine.ServerIdentity;
import dev.pawl.store.postgres.engine.ServerLease;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.StoreClock;
import dev.pawl.store.postgres.job.LaneCheck;
import dev.pawl.store.postgres.job.LogCap;
import dev.pawl.store.postgres.job.MinuteRows;
import dev.pawl.store.postgres.job.PurgeStep;
import dev.pawl.store.postgres.job.Recovery;
import dev.pawl.store.postgres.job.WatchedCounts;
import dev.pawl.store.postgres.job.Work;
import dev.pawl.store.postgres.news.News;
import dev.pawl.store.postgres.news.NewsListener;
import dev.pawl.store.postgres.news.StopWish;
import dev.pawl.store.postgres.notification.NewNotifications;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Jobs in a PostgreSQL database: changes go to the one writer of this process, reads to a pool. */
@Component(
        service = {PostgresStore.class, JobStore.class},
        immediate = true)
public final class PostgresStore extends PostgresJobChanges implements AutoCloseable {

    /** The longest wait of a change or a read for the database. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

    private final Connections connections;
    private final long owner;
    private final StoreClock clock;
    private final LogCap logCap;
    private final Work work;
    private final GroupWriter writer;
    private final ServerLease lease;
    private final News news;
    private final NewsListener listener;
    private final AtomicBoolean isOffering = new AtomicBoolean();
    private final Readers readers;
    private final WatchedCounts watched;

    /** Opens the database named by {@code pawl.store.url}. */
    @Activate
    public PostgresStore(BundleContext context) {
        this(
                ServerIdentity.of(context::getProperty),
                new Database(PostgresAddress.of(context::getProperty), LONGEST_WAIT),
                StoreClock.ofDatabase(),
                LogCap.of(context::getProperty),
                LONGEST_WAIT);
        String data = context.getProperty("pawl.data.dir");
        begin(new Predecessor(data == null ? null : Path.of(data)));
    }

    private PostgresStore(
            ServerIdentity server, Connections connections, StoreClock clock, LogCap logCap, Duration longestWait) {
        this.owner = server.owner();
        this.connections = connections;
        this.clock = clock;
        this.logCap = logCap;
        this.readers = new Readers(connections);
        ChangedJobs changed = new ChangedJobs();
        this.news = new News(owner, changed, readers);
        this.listener = new NewsListener(connections, owner, news, new OnNews());
        this.work = new Work(owner, clock, changed, news);
        this.watched = new WatchedCounts(work.sums());
        this.writer = new GroupWriter(connections, owner, longestWait, work);
        this.lease = new ServerLease(connections, server, clock, new OnLease());
        this.work.claims().whileHeld(lease::isHeld, lease::doubt);
    }

    /**
     * Opens a database, which is migrated to the schema of this release.
     *
     * @param longestWait the longest wait of a change or a read for the database
     */
    public static PostgresStore open(PostgresAddress address, StoreClock clock, LogCap logCap, Duration longestWait) {
        return open(new Database(address, longestWait), clock, logCap, longestWait);
    }

    /** Opens a database with connections to it. */
    static PostgresStore open(Connections connections, StoreClock clock, LogCap logCap, Duration longestWait) {
        PostgresStore store =
                new PostgresStore(ServerIdentity.of(unset -> null), connections, clock, logCap, longestWait);
        store.begin(new Predecessor(null));
        return store;
    }

    private void begin(Predecessor former) {
        boolean begun = false;
        try {
            Session session = connections.writer();
            try {
                Durability.require(connections.place(), session);
                Migrations.ofThisRelease(connections.place()).run(session);
                Filling.refuse(connections.place(), session);
                news.begin(session);
                lease.begin(session, former);
                begun = true;
            } finally {
                if (!begun) {
                    session.close();
                }
            }
        } catch (SQLException e) {
            throw PostgresErrors.problem(connections.place(), e);
        } finally {
            if (!begun) {
                connections.close();
            }
        }
        writer.start();
    }

    private final class OnLease implements ServerLease.Listener {

        private final LaneCheck lanes = new LaneCheck(news, work.limits());
        private boolean isAlone = true;

        @Override
        public void ended() {
            work.claims().leaseEnded();
        }

        @Override
        public void returned() {
            news.missed();
            var unused = writer.submit(() -> {
                work.claims().recount();
                return true;
            });
        }

        @Override
        public void failedOver() {
            news.missed();
            var unused = writer.submit(() -> true); // which sees it as well, and puts back what ran here
        }

        @Override
        public void othersThere() {
            isAlone = false;
            listener.start();
        }

        @Override
        public void othersGone() {
            int most = mostCrashes();
            if (most > 0) {
                var unused = change(Recovery.takeOver(work, most));
            }
        }

        @Override
        public void look(Session session, boolean isSteady) throws SQLException {
            watched.look(session);
            if (!isAlone) {
                lanes.look(session);
            }
            if (isSteady && clock.given() == null) { // otherwise times in the tables are by another clock
                notifications().lookForOverdue(session);
                deliveries().lookForOthers(session);
            }
        }
    }

    Connections connections() {
        return connections;
    }

    private final class OnNews implements NewsListener.Listener {

        @Override
        public void ready() {
            if (!isOffering.getAndSet(true)) {
                var unused = change(() -> {
                            isOffering.set(false); // jobs told from now on may come too late for this claim
                            return true;
                        })
                        .whenComplete((done, problem) -> isOffering.set(false));
            }
        }

        @Override
        public void timed() {
            work.claims().timesChanged();
        }

        @Override
        public void stop(StopWish wish) {
            work.claims().stop(wish.job(), wish.change());
        }

        @Override
        public void upkeep() {
            var unused = change(
                    () -> { // which claims too, should a server have ended between a commit and its news
                        work.lookForWaits();
                        News.removeOfGone(work.statements());
                        return true;
                    });
        }
    }

    /** Why changes by other servers are seen late, if they are. */
    public Optional<String> newsTrouble() {
        return listener.trouble();
    }

    /** The time since changes by other servers were read; empty while there was no other server. */
    Optional<Duration> newsAge() {
        return listener.age();
    }

    /** The changes by other servers. */
    News news() {
        return news;
    }

    /** The deliveries that the changes of jobs add. */
    NewDeliveries deliveries() {
        return work.deliveries();
    }

    /** Whether other servers leave to this one what it has taken. */
    boolean isLeaseHeld() {
        return lease.isHeld();
    }

    @Override
    Readers readers() {
        return readers;
    }

    @Override
    StoreClock clock() {
        return clock;
    }

    @Override
    long owner() {
        return owner;
    }

    @Override
    GroupWriter writer() {
        return writer;
    }

    @Override
    Work work() {
        return work;
    }

    @Override
    LogCap logCap() {
        return logCap;
    }

    @Override
    public Optional<SharedWorkers> sharedWorkers() {
        return Optional.of(new PostgresWorkers(this));
    }

    ServerLease lease() {
        return lease;
    }

    /** The name of the database for messages. */
    String place() {
        return connections.place();
    }

    /** Removes some of the jobs that ended before a time, the first of them first. */
    CompletionStage<PurgeStep.Done> purge(List<Long> jobs, JobStatus status, Instant endedBefore) {
        return writer.submit(new PurgeStep(work, jobs, status, endedBefore));
    }

    /** The numbers of jobs for measurements. */
    WatchedCounts watched() {
        return watched;
    }

    /** The notifications that tell of changes of jobs. */
    NewNotifications notifications() {
        return work.notifications();
    }

    /** Accepts no more writes, and returns when the accepted ones are on disk. */
    @Override
    @Deactivate
    public void close() {
        if (work.minutes().unwritten().minute() != null) {
            var unused = writer.submit(() -> MinuteRows.addAll(work));
        }
        writer.drain();
        listener.close();
        readers.close();
        lease.close();
        writer.close();
        connections.close();
    }
}
