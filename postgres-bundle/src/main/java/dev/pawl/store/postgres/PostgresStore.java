package dev.pawl.store.postgres;

import dev.pawl.service.audit.AuditOutcome;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobArtifact;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.RequestKey;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.JobConsumer;
import dev.pawl.service.store.JobMinute;
import dev.pawl.service.store.JobObserver;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunWrite;
import dev.pawl.service.store.SharedWorkers;
import dev.pawl.service.store.Written;
import dev.pawl.store.kit.ChangedJobs;
import dev.pawl.store.kit.MinuteCounts;
import dev.pawl.store.kit.MinuteText;
import dev.pawl.store.postgres.audit.AuditChain;
import dev.pawl.store.postgres.delivery.NewDeliveries;
import dev.pawl.store.postgres.engine.Change;
import dev.pawl.store.postgres.engine.Connections;
import dev.pawl.store.postgres.engine.Database;
import dev.pawl.store.postgres.engine.Durability;
import dev.pawl.store.postgres.engine.GroupWriter;
import dev.pawl.store.postgres.engine.Migrations;
import dev.pawl.store.postgres.engine.PostgresAddress;
import dev.pawl.store.postgres.engine.PostgresErrors;
import dev.pawl.store.postgres.engine.Readers;
import dev.pawl.store.postgres.engine.ServerIdentity;
import dev.pawl.store.postgres.engine.ServerLease;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.StoreClock;
import dev.pawl.store.postgres.job.Adding;
import dev.pawl.store.postgres.job.ArtifactsOfEnded;
import dev.pawl.store.postgres.job.Claim;
import dev.pawl.store.postgres.job.JobChanges;
import dev.pawl.store.postgres.job.LogCap;
import dev.pawl.store.postgres.job.MinuteRows;
import dev.pawl.store.postgres.job.PurgeStep;
import dev.pawl.store.postgres.job.Recovery;
import dev.pawl.store.postgres.job.RunWriting;
import dev.pawl.store.postgres.job.WaitingRetries;
import dev.pawl.store.postgres.job.WatchedCounts;
import dev.pawl.store.postgres.job.Work;
import dev.pawl.store.postgres.news.News;
import dev.pawl.store.postgres.news.NewsListener;
import dev.pawl.store.postgres.news.StopWish;
import dev.pawl.store.postgres.notification.NewNotifications;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Jobs in a PostgreSQL database: changes go to the one writer of this process, reads to a pool. */
@Component(
        service = {PostgresStore.class, JobStore.class},
        immediate = true)
public final class PostgresStore extends PostgresJobReads implements AutoCloseable {

    /** The longest wait of a change or a read for the database. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

    private final Connections connections;
    private final long owner;
    private final StoreClock clock;
    private final LogCap logCap;
    private final Work work;
    private final JobChanges changes;
    private final AuditChain audit;
    private final GroupWriter writer;
    private final ServerLease lease;
    private final News news;
    private final NewsListener listener;
    private final AtomicBoolean isOffering = new AtomicBoolean();
    private final Readers readers;
    private final WatchedCounts watched = new WatchedCounts();
    private volatile int mostCrashes; // 0 until recovery has said

    /** Opens the database named by {@code pawl.store.url}. */
    @Activate
    public PostgresStore(BundleContext context) {
        this(
                ServerIdentity.of(context::getProperty),
                new Database(PostgresAddress.of(context::getProperty), LONGEST_WAIT),
                StoreClock.ofDatabase(),
                LogCap.of(context::getProperty),
                LONGEST_WAIT);
        begin();
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
        this.changes = new JobChanges(work);
        this.audit = work.audit();
        this.writer = new GroupWriter(connections, owner, longestWait, work);
        this.lease = new ServerLease(connections, server, clock, new OnLease());
        this.work.claims().whileHeld(lease::isHeld);
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
        store.begin();
        return store;
    }

    private void begin() {
        boolean begun = false;
        try {
            Session session = connections.writer();
            try {
                Durability.require(connections.place(), session);
                Migrations.ofThisRelease(connections.place()).run(session);
                news.begin(session);
                lease.begin(session);
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
        public void othersThere() {
            listener.start();
        }

        @Override
        public void othersGone() {
            int most = mostCrashes;
            if (most > 0) {
                var unused = change(Recovery.takeOver(work, most));
            }
        }

        @Override
        public void look(Session session, boolean isSteady) throws SQLException {
            watched.look(session);
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
                var unused = change(() -> true).whenComplete((done, problem) -> isOffering.set(false));
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
            var unused = writer.submit(() -> {
                work.lookForWaits();
                News.removeOfGone(work.statements());
                return true;
            });
        }
    }

    @Override
    public CompletionStage<Boolean> askToStop(UUID job, @Nullable AuditedChange change) {
        return writer.submit(() -> changes.askToStop(job, change));
    }

    /** Why changes by other servers are seen late, if they are. */
    public Optional<String> newsTrouble() {
        return listener.trouble();
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

    GroupWriter writer() {
        return writer;
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
            var unused = writer.submit(work::writeMinutes);
        }
        writer.drain();
        listener.close();
        readers.close();
        lease.close();
        writer.close();
        connections.close();
    }

    @Override
    public CompletionStage<List<Job>> add(List<NewJob> jobs, @Nullable RequestKey key) {
        return writer.submit(new Adding(work, jobs, key));
    }

    @Override
    public void attach(JobConsumer consumer) {
        work.claims().attach(consumer);
    }

    @Override
    public void observe(JobObserver observer) {
        work.changes().observe(observer);
    }

    @Override
    public CompletionStage<Void> offer() {
        return change(() -> true).thenAccept(nothing -> {});
    }

    @Override
    public CompletionStage<Void> settled() {
        return writer.settled();
    }

    @Override
    public CompletionStage<List<Job>> claim(ClaimRequest request) {
        return writer.submit(new Claim(work, request));
    }

    @Override
    public CompletionStage<Written> write(RunWrite write) {
        return writer.submit(new RunWriting(work, write, logCap));
    }

    /** Records artifacts of a job that has ended with a run. */
    CompletionStage<Boolean> addArtifacts(RunId run, List<JobArtifact> artifacts) {
        return writer.submit(new ArtifactsOfEnded(work, run, artifacts));
    }

    /** A change of rows that no job has, by statements of its own. */
    @FunctionalInterface
    interface Apart<T> {
        T make(Work work) throws SQLException;
    }

    /** Makes a change apart from jobs. */
    <T> CompletionStage<T> apart(long size, Apart<T> change) {
        return writer.submit(new Change<>() {
            @Override
            public T make() throws SQLException {
                return change.make(work);
            }

            @Override
            public long size() {
                return size;
            }
        });
    }

    /** Makes a change after which jobs may be claimable. */
    private <T> CompletionStage<T> change(Change<T> change) {
        return writer.submit(looking(change));
    }

    private <T> Change<T> looking(Change<T> change) {
        return () -> {
            work.claims().look();
            return change.make();
        };
    }

    @Override
    public CompletionStage<List<UUID>> recover(int mostCrashes, Instant now) {
        this.mostCrashes = mostCrashes;
        return change(Recovery.afterCrash(work, mostCrashes));
    }

    @Override
    public boolean hasClock() {
        return clock.given() == null;
    }

    @Override
    public Optional<SharedWorkers> sharedWorkers() {
        return Optional.of(new PostgresWorkers(this));
    }

    @Override
    public CompletionStage<List<UUID>> expireLeases(Instant now) {
        return change(Recovery.afterLease(work, now));
    }

    /** Moves times by the clock of the store: that of the database is not set because a caller's is. */
    @Override
    public CompletionStage<Integer> moveRetries(Duration by) {
        return change(() -> clock.given() == null ? 0 : WaitingRetries.move(work, by));
    }

    @Override
    public CompletionStage<Boolean> keepLease(UUID job, long epoch, String holder, String worker, Duration length) {
        return change(() -> changes.keepLease(job, epoch, holder, worker, length));
    }

    @Override
    public CompletionStage<Boolean> moveLease(UUID job, long epoch, Instant from, Duration left) {
        return change(() -> changes.moveLease(job, epoch, from, left));
    }

    @Override
    public CompletionStage<Boolean> makeDue(UUID job, @Nullable AuditedChange change) {
        return change(() -> audit.audited(changes.makeDue(job), change, job.toString()));
    }

    @Override
    public CompletionStage<Integer> prioritize(List<UUID> jobs, int priority, @Nullable AuditedChange change) {
        return change(() -> {
            int changed = changes.prioritize(jobs, priority);
            if (jobs.size() == 1) {
                audit.audited(changed > 0, change, jobs.get(0).toString());
            }
            return changed;
        });
    }

    @Override
    public CompletionStage<Boolean> remove(UUID job, @Nullable AuditedChange change) {
        return change(() -> audit.audited(changes.remove(job), change, job.toString()));
    }

    @Override
    public CompletionStage<Integer> removePending(@Nullable AuditedChange change) {
        return change(() -> {
            int removed = changes.removePending();
            if (change != null) {
                audit.add(change.entry(AuditOutcome.DONE, removed + " jobs"));
            }
            return removed;
        });
    }

    @Override
    public List<JobMinute> minutes(Instant from, Instant until) {
        MinuteCounts.Unwritten unwritten;
        List<JobMinute> rows;
        do { // a row that is written between the two reads would be counted twice, or not at all; one is written a
            // minute
            unwritten = work.minutes().unwritten();
            rows = readers.read(session -> MinuteRows.read(session, from, until));
        } while (work.minutes().unwritten().rows() != unwritten.rows());
        JobMinute last = unwritten.minute();
        return last == null || !last.at().isBefore(until) ? rows : MinuteText.with(last, from, rows);
    }

    @Override
    public CompletionStage<Integer> removeMinutes(Instant before, int most) {
        return writer.submit(() -> MinuteRows.removeBefore(work, before, most));
    }
}
