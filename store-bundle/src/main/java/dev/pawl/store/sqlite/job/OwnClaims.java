package dev.pawl.store.sqlite.job;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobState;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.JobChange;
import dev.pawl.service.store.JobConsumer;
import dev.pawl.store.kit.HandOver;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.ModuleKey;
import dev.pawl.store.kit.WaitNews;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The claims for the consumer of this process: one transaction adds jobs, ends runs, and starts the next ones. Waiting jobs are looked for
 * only when one may be claimable, which is not so once a look found fewer than there was room for. Used by the writer's thread alone.
 */
final class OwnClaims {

    private static final Logger LOG = LoggerFactory.getLogger(OwnClaims.class);

    private final LiveJobs live;
    private volatile @Nullable JobConsumer consumer;

    private boolean look = true;
    private boolean isCalm; // no job is on trial or waits for one
    private boolean hadLimits = true;
    private boolean isAsked;
    private @Nullable ClaimRequest request; // of this transaction
    private @Nullable Map<String, Long> limits; // what they leave in this transaction
    private List<Job> claimed = new ArrayList<>();

    OwnClaims(LiveJobs live) {
        this.live = live;
    }

    void attach(JobConsumer taking) {
        consumer = taking;
    }

    void begun() {
        isAsked = false;
        request = null;
        limits = null;
    }

    /** Lets this transaction look for waiting jobs. */
    void look() {
        look = true;
        isCalm = false;
    }

    /** Lets this transaction look for waiting jobs if the end of a run may let one start for another reason than its slot. */
    void ended(RunRow row) {
        if (hadLimits || row.crashes() > 0) {
            look();
        }
    }

    /**
     * The claim by which a new job starts at once; null when it has to wait. Waiting jobs go first.
     *
     * @param moduleKey the new job's modules
     */
    @Nullable
    ClaimRequest admit(Session session, String moduleKey) throws SQLException {
        ClaimRequest own = request();
        if (own == null || room(session, own) <= 0) {
            return null;
        }
        claimWaiting(session);
        if (look || room(session, own) <= 0) {
            return null;
        }
        Set<String> modules = ModuleKey.modules(moduleKey);
        Set<String> wanted = own.modules();
        if ((wanted != null && !wanted.containsAll(modules)) || !isCalm(session, own)) {
            return null;
        }
        Map<String, Long> left = limits;
        if (left == null) {
            left = new HashMap<>(ClaimQuery.left(session, own.limits()));
            limits = left;
        }
        return ClaimQuery.takeFrom(left, modules) ? own : null;
    }

    private boolean isCalm(Session session, ClaimRequest own) throws SQLException {
        isCalm = isCalm
                || (!CrashLoops.onTrial(session, own.now())
                        && CrashLoops.first(session, key -> true).isEmpty());
        return isCalm;
    }

    /** Notes that a new job runs. */
    void began(Job job, ClaimRequest own, RunRow row) {
        live.runs().began(job.id(), row);
        Job running = job.withState(running(job.state(), own));
        live.minutes().started(running);
        live.changes().note(JobChange.Kind.STARTED, running);
        claimed.add(running);
    }

    /** The state of a job that was claimed. */
    static JobState running(JobState waiting, ClaimRequest request) {
        var run = JobState.LatestRun.by(request.worker(), Micros.keptNullable(request.leasedUntil()));
        return waiting.claimed(run, Micros.kept(request.now()));
    }

    /** Claims waiting jobs, if one may be claimable and there is room. */
    void claimWaiting(Session session) throws SQLException {
        ClaimRequest own = look ? request() : null;
        long room = own == null ? 0 : room(session, own);
        if (own == null || room <= 0) {
            return;
        }
        ClaimQuery claim = new ClaimQuery(own, live);
        List<Job> found = claim.read(session);
        claimed.addAll(found);
        limits = null;
        hadLimits = !own.limits().isEmpty();
        look = claim.chosen() >= room;
        isCalm = isCalm && found.stream().noneMatch(job -> job.state().isSuspected());
    }

    private long room(Session session, ClaimRequest own) throws SQLException {
        return Math.min(own.most(), own.slots() - live.runs().here(session));
    }

    private @Nullable ClaimRequest request() {
        JobConsumer taking = consumer;
        if (!isAsked && taking != null) {
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
        return HandOver.of(consumer, jobs, waits);
    }

    void forget() {
        look();
        hadLimits = true;
        isAsked = false;
        request = null;
        limits = null;
        claimed = new ArrayList<>();
    }
}
