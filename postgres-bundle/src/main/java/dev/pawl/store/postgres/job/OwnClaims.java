package dev.pawl.store.postgres.job;

import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.JobConsumer;
import dev.pawl.store.kit.HandOver;
import dev.pawl.store.kit.ModuleKey;
import dev.pawl.store.kit.WaitNews;
import dev.pawl.store.postgres.engine.SqlCall;
import dev.pawl.store.postgres.job.RefusedClaims.Reason;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The claims for the consumer of this process: one transaction adds jobs, ends runs, and starts the next ones. Waiting jobs are looked for
 * only when one may be claimable, which is not so once a look found fewer than there was room for. Used by the writer's thread alone.
 */
public final class OwnClaims {

    private static final Logger LOG = LoggerFactory.getLogger(OwnClaims.class);
    private static final long UNKNOWN = -1;

    private static final String HERE = "SELECT count(*) FROM runs WHERE lease_until IS NULL AND " + Recovery.IS_HERE;

    private final Work work;
    private final EarlyLooks early;
    private final RefusedClaims refused = new RefusedClaims();
    private volatile @Nullable JobConsumer consumer;
    private BooleanSupplier lease = () -> true;
    private Runnable doubted = () -> {};

    private volatile Instant lookedAt = Instant.EPOCH;
    private boolean look = true;
    private boolean isCalm; // no job is on trial or waits for one
    private @Nullable Set<String> limited; // modules with a limit; null when they are not known
    private boolean isAsked;
    private long here = UNKNOWN; // runs without a lease
    private @Nullable ClaimRequest request; // of this transaction
    private @Nullable Map<String, Long> limits; // what they leave in this transaction
    private List<Job> claimed = new ArrayList<>();

    OwnClaims(Work work) {
        this.work = work;
        this.early = new EarlyLooks(work);
    }

    /** Attaches the consumer for which each transaction claims. Safe for many threads. */
    public void attach(JobConsumer taking) {
        consumer = taking;
    }

    /**
     * Lets this process begin runs only while the condition holds. Called before the writer starts.
     *
     * @param doubt called when that has to be found out anew, since another database may have taken over
     */
    public void whileHeld(BooleanSupplier held, Runnable doubt) {
        lease = held;
        doubted = doubt;
    }

    /** Begins nothing more until this process has its lease in a database that may be another one. */
    void doubtLease() {
        doubted.run();
    }

    /** The jobs that claims had to leave to others, or to later. */
    public RefusedClaims refused() {
        return refused;
    }

    boolean isHeld() {
        boolean isHeld = lease.getAsBoolean();
        if (!isHeld) {
            refused.add(Reason.LEASE);
        }
        return isHeld;
    }

    /** Tells the consumer that other servers may take its runs. Safe for many threads. */
    public void leaseEnded() {
        JobConsumer taking = consumer;
        if (taking != null) {
            taking.leaseEnded();
        }
    }

    /** Tells the consumer to stop a job, if it runs here. Safe for many threads. */
    public void stop(UUID job, @Nullable AuditedChange change) {
        JobConsumer taking = consumer;
        if (taking != null) {
            taking.stop(job, change);
        }
    }

    /** Tells the consumer that jobs may wait for other times than it knows of. Safe for many threads. */
    public void timesChanged() {
        JobConsumer taking = consumer;
        if (taking != null) {
            taking.timesChanged();
        }
    }

    /** Counts the runs here anew, since some were taken from other servers, or by them. */
    public void recount() {
        here = UNKNOWN;
        look();
    }

    /**
     * A transaction begins, whose first statements look for jobs, when some are known to wait for room, and it may end runs.
     *
     * @param ends the number of runs here that it ends at most
     * @param calls the first statements
     * @param given the time of another clock than that of the database; null for none
     */
    void begun(long ends, List<SqlCall> calls, @Nullable Instant given) {
        isAsked = false;
        request = null;
        limits = null;
        early.begun(here, here == UNKNOWN ? 0 : ends, calls, given);
    }

    /** Lets this transaction look for waiting jobs. */
    public void look() {
        look = true;
        isCalm = false;
        early.end();
    }

    /** A new job waits, for no other reason than that there is no room for it. */
    void waits(JobRecord added) {
        look = true;
        early.waits(added);
    }

    /** The number of jobs that run here. */
    long here() throws SQLException {
        if (here == UNKNOWN) {
            work.flush();
            here = work.session().number(HERE, work.owner());
        }
        return here;
    }

    /** A record has moved to another status. */
    void moved(JobRecord record) {
        JobColumns before = record.stored;
        boolean wasHere = before != null && before.place == Place.RUNS && before.isWithoutLease();
        boolean isHere = record.now.place == Place.RUNS && record.now.isWithoutLease();
        if (here != UNKNOWN && wasHere != isHere) {
            here += isHere ? 1 : -1;
        }
        boolean ran = before != null && before.place == Place.RUNS;
        boolean isLimited = hasLimit(record.moduleKey);
        if (ran && isLimited && record.now.place != Place.RUNS) {
            work.news().ready(); // others may have jobs of the same modules
        }
        if (record.now.status == JobStatus.PENDING) {
            look();
        } else if (record.now.status.isFinal() && (isLimited || (before != null && before.crashes > 0))) {
            look();
        }
    }

    private boolean hasLimit(String moduleKey) {
        Set<String> names = limited;
        return names == null
                || (!names.isEmpty() && ModuleKey.modules(moduleKey).stream().anyMatch(names::contains));
    }

    /**
     * The claim by which a new job starts at once; null when it has to wait. Waiting jobs go first.
     *
     * @param moduleKey the new job's modules
     */
    @Nullable
    ClaimRequest admit(String moduleKey) throws SQLException {
        ClaimRequest own = request();
        if (own == null || room(own) <= 0) {
            return null;
        }
        claimWaiting();
        if (look || room(own) <= 0) {
            return null;
        }
        Set<String> modules = ModuleKey.modules(moduleKey);
        Set<String> wanted = own.modules();
        work.knowGenerations();
        if ((wanted != null && !wanted.containsAll(modules)) || !isCalm()) {
            return null;
        }
        if (!work.generations().begins(moduleKey)) {
            refused.add(Reason.VERSION);
            return null;
        }
        Map<String, Long> left = limits;
        if (left == null) {
            left = work.limits().left(work, own.limits());
            limits = left;
        }
        if (!Limits.takeFrom(left, modules)) {
            refused.add(Reason.LIMIT);
            return null;
        }
        return own;
    }

    private boolean isCalm() throws SQLException {
        isCalm = isCalm
                || (!Trials.isRunning(work) && Trials.first(work, key -> true).isEmpty());
        return isCalm;
    }

    /** Notes that a new job runs. */
    void began(Job running) {
        claimed.add(running);
    }

    /**
     * The time of the store up to which no job has become due unseen: each has been moved to the queue, or is so by the next transaction that has room. Safe for many
     * threads.
     */
    public Instant lookedAt() {
        return lookedAt;
    }

    /** Claims waiting jobs, if one may be claimable and there is room. */
    void claimWaiting() throws SQLException {
        if (!look) {
            return;
        }
        ClaimRequest own = request();
        long room = own == null ? 0 : room(own);
        if (own == null || room <= 0) {
            if (own == null) {
                early.end();
            }
            lookedAt = work.now();
            return;
        }
        Claim claim = new Claim(work, own);
        limits = null;
        List<Job> first = early.take(claim, room);
        if (first != null) {
            claimed.addAll(first);
            lookedAt = work.now();
            return;
        }
        List<Job> found = claim.make();
        claimed.addAll(found);
        limited = own.limits().keySet();
        if (claim.isAllDueSeen()) {
            lookedAt = work.now();
            look = claim.chosen() >= room;
        }
        isCalm = claim.isCalm() && found.stream().noneMatch(job -> job.state().isSuspected());
        early.left(look && claim.isAllDueSeen() && isCalm ? own : null);
    }

    /** The transaction is about to be written. */
    void ending() throws SQLException {
        claimWaiting();
        early.ending();
    }

    private long room(ClaimRequest own) throws SQLException {
        return Math.min(own.most(), own.slots() - here());
    }

    private @Nullable ClaimRequest request() {
        JobConsumer taking = consumer;
        if (!isAsked && taking != null && isHeld()) {
            isAsked = true;
            try {
                request = taking.wanted();
            } catch (RuntimeException e) { // the writes of others go on
                LOG.error("The claim of this process cannot be made; this is a bug.", e);
            }
        }
        return request;
    }

    /** Gives the claimed jobs to the consumer, once they are on disk, and tells it of jobs that waited for others. */
    Runnable handOver(WaitNews.Told waits) {
        List<Job> jobs = claimed;
        claimed = new ArrayList<>();
        Runnable told = HandOver.of(consumer, jobs, waits);
        if (jobs.isEmpty()) {
            return told;
        }
        return () -> {
            told.run();
            if (!isHeld()) { // it may have ended before the consumer had these jobs
                leaseEnded();
            }
        };
    }

    void forget() {
        look();
        here = UNKNOWN;
        limited = null;
        isAsked = false;
        request = null;
        limits = null;
        claimed = new ArrayList<>();
    }
}
