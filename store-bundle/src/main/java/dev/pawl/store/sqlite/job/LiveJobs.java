package dev.pawl.store.sqlite.job;

import dev.pawl.service.job.Failure;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.store.JobConsumer;
import dev.pawl.service.store.JobMinute;
import dev.pawl.service.store.RunMove;
import dev.pawl.store.kit.ChangedJobs;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.MinuteCounts;
import dev.pawl.store.sqlite.delivery.NewDeliveries;
import dev.pawl.store.sqlite.engine.Session;
import dev.pawl.store.sqlite.engine.Transactions;
import dev.pawl.store.sqlite.notification.NewNotifications;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The writer's knowledge of live jobs, which saves it from reading their rows. The rows remain the truth: everything is forgotten, and read
 * again when it is needed, after a transaction that was undone, a change that other classes make, or one by another program.
 */
public final class LiveJobs implements Transactions {

    private static final String DATA_VERSION = "PRAGMA data_version"; // changes with commits of other connections alone
    private static final String LAST = "SELECT max(seq) FROM jobs";

    private static final long UNKNOWN = -1;

    private final JobCounts counts = new JobCounts();
    private final KnownRuns runs = new KnownRuns();
    private final OwnClaims claims = new OwnClaims(this);
    private final ChangedJobs changes = new ChangedJobs();
    private final NewDeliveries deliveries = new NewDeliveries();
    private final NewNotifications notifications = new NewNotifications();
    private final WaitEnds waits = new WaitEnds(this);
    private final MinuteCounts minutes;
    private final InstantSource clock;
    private long lastSeq = UNKNOWN;
    private long dataVersion = UNKNOWN;

    /** @param clock the time of changes that come without one */
    public LiveJobs(InstantSource clock) {
        this.clock = clock;
        this.minutes = new MinuteCounts(clock);
    }

    /** The work that follows a commit: what a claimed job changes is observed after its claim. */
    private record AfterCommit(
            @Nullable Runnable observed,
            Runnable taken,
            Runnable told,
            @Nullable Runnable notified) implements Runnable {
        @Override
        public void run() {
            if (observed != null) {
                observed.run();
            }
            taken.run();
            told.run();
            if (notified != null) {
                notified.run();
            }
        }
    }

    /** The numbers of jobs, to which changes of a status are reported. */
    public JobCounts counts() {
        return counts;
    }

    /** The changes of this transaction, to which each change of a job is reported. */
    public ChangedJobs changes() {
        return changes;
    }

    /** The deliveries that moves of jobs bring about. */
    public NewDeliveries deliveries() {
        return deliveries;
    }

    /** The changes of this minute. */
    public MinuteCounts minutes() {
        return minutes;
    }

    /** The notifications that tell of changes of jobs. */
    public NewNotifications notifications() {
        return notifications;
    }

    KnownRuns runs() {
        return runs;
    }

    OwnClaims claims() {
        return claims;
    }

    WaitEnds waits() {
        return waits;
    }

    /** The present time, as columns keep it. */
    public Instant now() {
        return Micros.kept(clock.instant());
    }

    /** A job has ended by a write of its run, or while it waited. */
    void ended(Session session, UUID job, RunRow row, RunMove move) throws SQLException {
        claims.ended(row);
        minutes.ended(move.status(), row.status() == JobStatus.RUNNING ? row.runStartedAt() : null, move.at());
        deliveries.moved(session, row.seq(), row.callback(), move.status(), move.at());
        Failure failure = move instanceof RunMove.Failed failed ? failed.failure() : null;
        notifications.ended(session, row.seq(), move.status(), move.at(), failure);
        if (row.status() == JobStatus.PENDING) {
            WaitRows.remove(session, row.seq());
        }
        if (row.isAwaited()) {
            waits.ended(session, job, move.status(), move.at());
        }
    }

    /** Attaches the consumer for which each transaction claims. Safe for many threads. */
    public void attach(JobConsumer consumer) {
        claims.attach(consumer);
    }

    /** Makes a change that does not say which rows it touches. */
    public <T> T apart(Session session, Session.Reading<T> change) throws SQLException {
        runs.forget();
        claims.look();
        try {
            return change.read(session);
        } finally {
            runs.forget();
        }
    }

    /** The sequence number for the next job. */
    long nextSeq(Session session) throws SQLException {
        if (lastSeq == UNKNOWN) {
            lastSeq = session.number(LAST);
        }
        lastSeq++;
        return lastSeq;
    }

    @Override
    public void begun(Session session) throws SQLException {
        long present = session.number(DATA_VERSION);
        if (present != dataVersion) {
            forget();
            dataVersion = present;
        }
        claims.begun();
    }

    @Override
    public void ending(Session session) throws SQLException {
        waits.ending(session);
        claims.claimWaiting(session);
        notifications.ending(session);
        counts.write(session);
        JobMinute over = minutes.over();
        if (over != null) {
            MinuteRows.add(session, over);
        }
    }

    @Override
    public Runnable committed() {
        counts.committed();
        minutes.committed(counts.known());
        Runnable observed = changes.handOver().orElse(null);
        Runnable taken = claims.handOver(waits.told());
        Runnable told = deliveries.committed();
        return new AfterCommit(observed, taken, told, notifications.committed(now()));
    }

    @Override
    public boolean isUnfinished() {
        return waits.isLeft();
    }

    @Override
    public void undone() {
        deliveries.undone();
        forget();
        dataVersion = UNKNOWN; // another connection counts anew
    }

    private void forget() {
        runs.forget();
        claims.forget();
        changes.forget();
        waits.forget();
        counts.forget();
        minutes.forget();
        notifications.forget();
        lastSeq = UNKNOWN;
    }
}
