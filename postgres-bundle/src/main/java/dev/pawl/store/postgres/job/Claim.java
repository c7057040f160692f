package dev.pawl.store.postgres.job;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobActions;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.JobChange;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.ModuleKey;
import dev.pawl.store.postgres.engine.Change;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.SqlArray;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims waiting jobs for a worker. It reads the head of the queue of each distinct module key without locks, so that jobs whose module is
 * missing or busy cost nothing, and locks what it has chosen; what another server has locked is left to it.
 */
public final class Claim implements Change<List<Job>> {

    private static final Logger LOG = LoggerFactory.getLogger(Claim.class);

    private static final String COLUMNS =
            "job, module_key, lane, queued_at, epoch, attempt, crashes, crash_mark, crashes_at_mark, "
                    + "task_index, elapsed_ns, started_at, run_started_at, parked, worker, module_version, percent, info, lines, lines_dropped, "
                    + "log_size, results, final_results, failure";
    private static final String MAKE_READY =
            "WITH due AS MATERIALIZED (SELECT job FROM later WHERE due_at <= ? ORDER BY due_at, job LIMIT 1000 "
                    + "FOR UPDATE SKIP LOCKED), gone AS (DELETE FROM later USING due WHERE later.job = due.job RETURNING later.*) "
                    + "INSERT INTO ready (" + COLUMNS + ") SELECT " + COLUMNS + " FROM gone";
    private static final String KEYS =
            "WITH RECURSIVE keys (module_key) AS (SELECT min(module_key) FROM ready UNION ALL "
                    + "SELECT (SELECT min(r.module_key) FROM ready r WHERE r.module_key > keys.module_key) FROM keys "
                    + "WHERE keys.module_key IS NOT NULL) SELECT module_key FROM keys WHERE module_key IS NOT NULL";
    private static final String LOCK = "SELECT job FROM ready WHERE job = ANY (?) FOR UPDATE SKIP LOCKED";

    private final Work work;
    private final ClaimRequest request;
    private int chosen;

    public Claim(Work work, ClaimRequest request) {
        this.work = work;
        this.request = request;
    }

    @Override
    public List<Job> make() throws SQLException {
        work.flush();
        if (work.session().update(MAKE_READY, Micros.of(work.now())) > 0) {
            work.records().forgetLater();
            work.changed();
            work.news().ready();
        }
        List<Long> wanted = choose();
        chosen = wanted.size();
        if (wanted.isEmpty()) {
            return List.of();
        }
        Set<Long> locked = new HashSet<>(work.session().list(LOCK, row -> row.getLong(1), SqlArray.numbers(wanted)));
        List<Job> taken = new ArrayList<>();
        for (JobRecord record :
                work.records().byNumber(wanted.stream().filter(locked::contains).toList())) {
            take(record).ifPresent(taken::add);
        }
        return List.copyOf(taken);
    }

    /** The number of jobs that the claim found, those included that it could not take. */
    int chosen() {
        return chosen;
    }

    private boolean isHere() {
        return request.leasedUntil() == null;
    }

    private List<Long> choose() throws SQLException {
        long room = request.most();
        if (isHere()) {
            room = work.claims().isHeld()
                    ? Math.min(room, request.slots() - work.claims().here())
                    : 0;
        }
        List<Long> found = new ArrayList<>();
        if (room <= 0) {
            return found;
        }
        Map<String, Long> left = Limits.left(work, request.limits());
        if (isHere() && Trials.isRunning(work)) {
            return found;
        }
        Optional<Trials.Suspect> suspect =
                Trials.first(work, key -> isWanted(key) && !Limits.isFull(ModuleKey.modules(key), left));
        if (suspect.isPresent()) {
            if (!isHere() || Trials.canBegin(work)) {
                found.add(suspect.get().job());
            }
            return found; // a job that runs elsewhere cannot end this process; other jobs can wait for the next claim
        }
        PriorityQueue<ReadyQueue> queues =
                new PriorityQueue<>(Comparator.comparing(ReadyQueue::head, ReadyQueue.Entry.ORDER));
        for (String key : work.session().list(KEYS, row -> Session.presentText(row, 1))) {
            if (isWanted(key)) {
                ReadyQueue queue = new ReadyQueue(work.session(), key);
                if (queue.advance()) {
                    queues.add(queue);
                }
            }
        }
        while (found.size() < room && !queues.isEmpty()) {
            ReadyQueue queue = queues.remove();
            if (!Limits.takeFrom(left, queue.modules())) {
                continue; // the limit is reached, and no run ends within this claim
            }
            found.add(queue.head().job());
            if (queue.advance()) {
                queues.add(queue);
            }
        }
        return found;
    }

    private boolean isWanted(String key) {
        Set<String> wanted = request.modules();
        Set<String> installed = request.installed();
        Set<String> modules = ModuleKey.modules(key);
        boolean isOwn = modules.contains(JobActions.MODULE);
        return !(isOwn && !isHere())
                && (wanted == null || wanted.containsAll(modules))
                && (installed == null || !installed.containsAll(modules));
    }

    /** Takes a job, unless it cannot be read: that job waits on, and holds up neither the others nor the writes of the transaction. */
    private Optional<Job> take(JobRecord record) throws SQLException {
        try {
            record.job();
        } catch (RuntimeException e) {
            LOG.error("Job {} cannot be read and is not started.", record.id, e);
            return Optional.empty();
        }
        Job running = begin(work, record, request);
        work.move(record, JobStatus.RUNNING, Place.RUNS);
        work.minutes().started(running);
        work.changes().note(JobChange.Kind.STARTED, running);
        return Optional.of(running);
    }

    /** Begins the run of a job; its place and its status are moved by the caller. */
    static Job begin(Work work, JobRecord record, ClaimRequest request) {
        JobColumns now = record.now;
        long micros = Micros.of(work.now());
        boolean leased = request.leasedUntil() != null;
        now.epoch++;
        now.startedAt = now.startedAt == null ? Long.valueOf(micros) : now.startedAt;
        now.runStartedAt = micros;
        now.moduleVersion = null;
        now.worker = request.worker();
        now.owner = leased ? 0 : work.owner();
        now.leaseUntil = request.leasedUntil() == null
                ? null
                : Long.valueOf(Micros.of(work.now().plus(Duration.between(request.now(), request.leasedUntil()))));
        now.trialUntil = !leased && now.crashes >= 2 ? Long.valueOf(micros + Trials.micros()) : null;
        now.dueAt = null;
        now.parked = null;
        now.failure = null;
        Place place = now.place;
        JobStatus status = now.status;
        now.place = Place.RUNS;
        now.status = JobStatus.RUNNING;
        Job running = record.job();
        now.place = place;
        now.status = status;
        return running;
    }
}
