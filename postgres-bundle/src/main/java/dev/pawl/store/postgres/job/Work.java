package dev.pawl.store.postgres.job;

import dev.pawl.service.job.JobStatus;
import dev.pawl.store.kit.ChangedJobs;
import dev.pawl.store.kit.MinuteCounts;
import dev.pawl.store.postgres.audit.AuditChain;
import dev.pawl.store.postgres.call.Room;
import dev.pawl.store.postgres.delivery.NewDeliveries;
import dev.pawl.store.postgres.engine.Change;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.SqlCall;
import dev.pawl.store.postgres.engine.StoreClock;
import dev.pawl.store.postgres.engine.Transactions;
import dev.pawl.store.postgres.news.News;
import dev.pawl.store.postgres.notification.NewNotifications;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The work of one transaction of the writer: changes are made to records in memory, and written by a few statements for sets of rows. Used by
 * the writer's thread alone.
 */
public final class Work implements Transactions {

    private static final SqlCall BEGIN = new SqlCall("BEGIN");
    private static final SqlCall COMMIT = new SqlCall("COMMIT");
    private final long owner;
    private final StoreClock clock;
    private final Records records;
    private final Set<JobRecord> touched = new LinkedHashSet<>();
    private final PlaceRows places = new PlaceRows();
    private final JobRows rows = new JobRows();
    private final CommitSums sums = new CommitSums();
    private final Counts counts = new Counts(sums);
    private final Generations generations;
    private final AuditChain audit = new AuditChain();
    private final NewDeliveries deliveries;
    private final ChangedJobs changes;
    private final OwnNews news;
    private final MinuteCounts minutes;
    private final OwnClaims claims = new OwnClaims(this);
    private final Lanes lanes = new Lanes();
    private final Limits limits = new Limits();
    private final WaitEnds waits = new WaitEnds(this);
    private final Room callRoom = new Room();
    private final NewNotifications notifications;
    private @Nullable Session session;
    private final Opening opening = new Opening(this);
    private long made;

    /**
     * Begins without any knowledge.
     *
     * @param owner the number of this process
     * @param changes where changes are noted for the observer
     * @param told where they are told
     */
    public Work(long owner, StoreClock clock, ChangedJobs changes, News told) {
        this.changes = changes;
        this.news = new OwnNews(changes, told);
        this.owner = owner;
        this.clock = clock;
        this.minutes = new MinuteCounts(opening::now);
        this.records = new Records(owner);
        this.generations = new Generations(owner);
        this.notifications = new NewNotifications(owner);
        this.deliveries = new NewDeliveries(owner);
    }

    long owner() {
        return owner;
    }

    /** The time of this transaction, by the clock of the store. */
    public Instant now() {
        return opening.now();
    }

    /** The time for one who has read a clock. */
    Instant asked(Instant reading) throws SQLException {
        return clock.asked(session(), reading);
    }

    Session session() {
        return Objects.requireNonNull(session, "no transaction is under way");
    }

    /** The connection, for statements on rows that no job has; {@link #changed} comes before the first that changes one. */
    public Session statements() {
        return session();
    }

    Records records() {
        return records;
    }

    JobRows rows() {
        return rows;
    }

    /** The numbers of jobs by status. Safe for many threads. */
    public CommitSums sums() {
        return sums;
    }

    Counts counts() {
        return counts;
    }

    /** The versions of modules that this server runs, against those that are wanted of it. */
    public Generations generations() {
        return generations;
    }

    public ChangedJobs changes() {
        return changes;
    }

    /** The entries that this transaction appends to the audit log. */
    public AuditChain audit() {
        return audit;
    }

    /** The deliveries that this transaction adds. */
    public NewDeliveries deliveries() {
        return deliveries;
    }

    OwnNews news() {
        return news;
    }

    public MinuteCounts minutes() {
        return minutes;
    }

    public OwnClaims claims() {
        return claims;
    }

    /** The room in the histories of hooks. */
    public Room callRoom() {
        return callRoom;
    }

    /** Learns which versions this server runs and is to run, if that may be otherwise than before; then jobs may wait that were passed over. */
    void knowGenerations() throws SQLException {
        if (generations.know(session())) {
            lanes.forget();
        }
    }

    /** The lanes of the queue, with the jobs that are about to be written. */
    Lanes lanes() {
        lanes.storing(touched);
        return lanes;
    }

    /** The limits of modules. */
    public Limits limits() {
        return limits;
    }

    WaitEnds waits() {
        return waits;
    }

    /** The notifications that tell of changes of jobs. */
    public NewNotifications notifications() {
        return notifications;
    }

    /** Looks for ends of waits that a server which is gone has left. */
    public void lookForWaits() {
        waits.unknown();
    }

    /** Takes the record of a new job. */
    void add(UUID id, JobRecord created) {
        records.put(id, created);
        touch(created);
    }

    /** The number of the next job: one of as many as the changes of the transaction said that they add. */
    long nextNumber() {
        return opening.nextNumber();
    }

    /** Notes that a record is another than its rows. */
    void touch(JobRecord record) {
        touched.add(record);
        made++;
    }

    /** Notes another change of this transaction. */
    public void changed() {
        made++;
    }

    /** Notes that a document of this owner was changed. */
    public void documentChanged(String documentOwner) {
        made++;
        news.document(documentOwner);
    }

    /** Tells the other servers a message, if there are any. */
    public void tell(String message) {
        made++;
        news.tell(message);
    }

    /** Moves a record to another status, in which it is counted. */
    void move(JobRecord record, JobStatus to, Place place) {
        counts.moved(record.now.status, to);
        record.now.status = to;
        record.now.place = place;
        claims.moved(record);
        deliveries.moved(record.job, record.callback(), to, now());
        touch(record);
    }

    /** Writes what the records are by now, so that statements find it. */
    void flush() throws SQLException {
        flush(List.of());
    }

    /** Writes what the records are by now, and sends statements that find it, in one round trip. */
    void flush(List<SqlCall> next) throws SQLException {
        List<SqlCall> calls = new ArrayList<>();
        collect(calls);
        calls.addAll(next);
        session().all(calls);
        stored();
    }

    private void collect(List<SqlCall> calls) {
        news.storing(touched);
        lanes.storing(touched);
        waits.storing(touched);
        rows.before(calls);
        places.write(touched, calls);
        rows.after(touched, calls);
        deliveries.moveTo(calls);
    }

    private void stored() {
        touched.forEach(record -> record.stored = record.now.place == Place.NONE ? null : record.now.copy());
        touched.clear();
    }

    @Override
    public void begun(Session open, Collection<UUID> jobs, Collection<UUID> added, Collection<UUID> ended)
            throws SQLException {
        if (session != open) {
            lanes.forget(); // another database may have taken over, which lacks the last transactions
            limits.forget();
        }
        session = open;
        news.queuedElsewhere(lanes, claims);
        List<SqlCall> calls = new ArrayList<>(List.of(BEGIN));
        calls.addAll(open.settings());
        calls.add(opening.call(clock.given(), added.size()));
        calls.addAll(records.begin(open, jobs, added));
        claims.begun(records.ofHere(ended), calls, clock.given());
        open.all(calls);
    }

    @Override
    public long made() {
        return made + audit.waiting();
    }

    @Override
    public void ending(long group, boolean isFollowed) throws SQLException {
        waits.ending();
        claims.ending();
        notifications.ending(session(), now());
        MinuteRows.addOver(this);
        counts.know(session());
        List<SqlCall> calls = new ArrayList<>();
        collect(calls);
        audit.ending(session(), calls);
        waits.look(calls);
        counts.write(owner, group, calls);
        news.write(group, records.hasRead(), isFollowed, calls);
        calls.add(COMMIT);
        try {
            session().all(calls);
        } catch (SQLException e) {
            throw audit.told(e);
        }
        waits.looked();
    }

    @Override
    public Told committed() {
        stored();
        records.committed();
        counts.committed();
        lanes.committed();
        limits.committed();
        audit.committed();
        minutes.committed(counts.known());
        boolean mayWait = news.mayWait();
        Runnable observed = news.committed();
        Runnable due = deliveries.listener().committed();
        Runnable taken = claims.handOver(waits.told());
        Runnable notified = notifications.committed(now());
        Runnable all = () -> {
            observed.run();
            due.run();
            taken.run();
            if (notified != null) {
                notified.run();
            }
        };
        return new Told(all, mayWait);
    }

    @Override
    public Change<?> afterFailover() {
        claims.doubtLease();
        sums.forget();
        return Recovery.afterFailover(this);
    }

    @Override
    public boolean isUnfinished() {
        return waits.isLeft();
    }

    @Override
    public void undone() {
        records.forget();
        touched.clear();
        places.clear();
        rows.clear();
        counts.forget();
        changes.forget();
        audit.undone();
        news.undone();
        deliveries.undone();
        minutes.forget();
        claims.forget();
        lanes.undone();
        limits.undone();
        generations.forget();
        waits.forget();
        notifications.forget();
    }
}
