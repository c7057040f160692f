package dev.pawl.store.sqlite.job;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobActions;
import dev.pawl.service.job.JobState;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.JobChange;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.ModuleKey;
import dev.pawl.store.sqlite.engine.Session;
import dev.pawl.store.sqlite.job.CrashLoops.Suspect;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims waiting jobs for a worker. It reads the head of the queue of each distinct module key, so that jobs whose module is missing or
 * busy cost nothing, however many there are. Results after a checkpoint were removed when the job was parked.
 */
public final class ClaimQuery implements Session.Reading<List<Job>> {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimQuery.class);

    private static final String MAKE_READY =
            "UPDATE jobs INDEXED BY jobs_scheduled SET due_at = NULL WHERE status = 'pending' AND due_at IS NOT NULL AND due_at <= ?";
    private static final String RUNNING_BY_KEY =
            "SELECT module_key, count(*) FROM jobs INDEXED BY jobs_running WHERE status = 'running' GROUP BY module_key";
    private static final String READY_KEYS = """
            WITH RECURSIVE ready (module_key) AS ( \
            SELECT min(module_key) FROM jobs INDEXED BY jobs_ready WHERE status = 'pending' AND due_at IS NULL AND crashes < 2 \
            UNION ALL \
            SELECT (SELECT min(j.module_key) FROM jobs j INDEXED BY jobs_ready \
            WHERE j.status = 'pending' AND j.due_at IS NULL AND j.crashes < 2 AND j.module_key > ready.module_key) \
            FROM ready WHERE ready.module_key IS NOT NULL) \
            SELECT module_key FROM ready WHERE module_key IS NOT NULL\
            """;
    private static final String TAKE = """
            UPDATE jobs SET status = 'running', epoch = epoch + 1, started_at = coalesce(started_at, ?), \
            run_started_at = ?, module_version = NULL, worker = ?, \
            leased_until = ?, due_at = NULL, parked = NULL, failure = NULL WHERE seq = ?\
            """;
    private static final String BY_SEQ = JobRow.SELECT + "WHERE j.seq = ?";

    private final ClaimRequest request;
    private final LiveJobs live;
    private int chosen;

    public ClaimQuery(ClaimRequest request, LiveJobs live) {
        this.request = request;
        this.live = live;
    }

    @Override
    public List<Job> read(Session session) throws SQLException {
        session.update(MAKE_READY, Micros.of(request.now()));
        List<Long> wanted = choose(session);
        chosen = wanted.size();
        List<Job> taken = new ArrayList<>();
        for (long seq : wanted) {
            Optional<JobRow> row = readable(session, seq);
            if (row.isPresent()) {
                taken.add(take(session, row.get()));
            }
        }
        return List.copyOf(taken);
    }

    /** The number of jobs that the last claim found, those included that it could not read. */
    int chosen() {
        return chosen;
    }

    /** The row of a job, unless it is damaged: that job waits on, and holds up neither the others nor the writes of the transaction. */
    private Optional<JobRow> readable(Session session, long seq) throws SQLException {
        try {
            return session.first(BY_SEQ, JobRow::read, seq);
        } catch (RuntimeException e) {
            LOG.error("The job with the sequence number {} cannot be read and is not started.", seq, e);
            return Optional.empty();
        }
    }

    private List<Long> choose(Session session) throws SQLException {
        long room = request.most();
        boolean isHere = request.leasedUntil() == null;
        if (isHere) {
            room = Math.min(room, request.slots() - live.runs().here(session));
        }
        List<Long> chosen = new ArrayList<>();
        if (room <= 0) {
            return chosen;
        }
        Map<String, Long> left = left(session, request.limits());
        if (isHere && CrashLoops.onTrial(session, request.now())) {
            return chosen;
        }
        Optional<Suspect> suspect = CrashLoops.first(session, key -> mayRun(key, left));
        if (suspect.isPresent()) {
            if (!isHere || CrashLoops.canBegin(session, request.now())) {
                chosen.add(suspect.get().seq());
            }
            return chosen; // a job that runs elsewhere cannot end this process; other jobs can wait for the next claim
        }
        PriorityQueue<ReadyQueue> queues =
                new PriorityQueue<>(Comparator.comparing(ReadyQueue::head, ReadyQueue.Entry.ORDER));
        for (String key : session.list(READY_KEYS, row -> row.getString(1))) {
            if (isWanted(key)) {
                ReadyQueue queue = new ReadyQueue(session, key, ModuleKey.modules(key));
                if (queue.advance()) {
                    queues.add(queue);
                }
            }
        }
        while (chosen.size() < room && !queues.isEmpty()) {
            ReadyQueue queue = queues.remove();
            if (!takeFrom(left, queue.modules())) {
                continue; // the limit is reached, and no run ends within this claim
            }
            chosen.add(queue.head().seq());
            if (queue.advance()) {
                queues.add(queue);
            }
        }
        return chosen;
    }

    private boolean mayRun(String key, Map<String, Long> left) {
        return isWanted(key) && !isFull(ModuleKey.modules(key), left);
    }

    private boolean isWanted(String key) {
        Set<String> wanted = request.modules();
        Set<String> installed = request.installed();
        Set<String> modules = ModuleKey.modules(key);
        boolean isOwn = modules.contains(JobActions.MODULE);
        return !(isOwn && request.leasedUntil() != null)
                && (wanted == null || wanted.containsAll(modules))
                && (installed == null || !installed.containsAll(modules));
    }

    private static boolean isFull(Set<String> modules, Map<String, Long> left) {
        return modules.stream().anyMatch(module -> left.getOrDefault(module, 1L) <= 0);
    }

    /** Takes one job of the modules from what their limits leave; false when that is none. */
    static boolean takeFrom(Map<String, Long> left, Set<String> modules) {
        if (isFull(modules, left)) {
            return false;
        }
        modules.forEach(module -> left.computeIfPresent(module, (name, count) -> count - 1));
        return true;
    }

    /** The number of further jobs that may run for each limited module. */
    static Map<String, Long> left(Session session, Map<String, Integer> limits) throws SQLException {
        Map<String, Long> left = new HashMap<>();
        if (limits.isEmpty()) {
            return left;
        }
        limits.forEach((module, limit) -> left.put(module, (long) limit));
        Map<String, Long> running = new HashMap<>();
        session.list(RUNNING_BY_KEY, row -> running.put(row.getString(1), row.getLong(2)));
        running.forEach((key, count) ->
                ModuleKey.modules(key).forEach(module -> left.computeIfPresent(module, (name, most) -> most - count)));
        return left;
    }

    private Job take(Session session, JobRow row) throws SQLException {
        long seq = row.seq();
        Job job = row.job();
        long now = Micros.of(request.now());
        session.update(TAKE, now, now, request.worker(), Micros.ofNullable(request.leasedUntil()), seq);
        if (request.leasedUntil() == null && job.state().isSuspected()) {
            CrashLoops.begin(session, seq, request.now());
        }
        JobState running = OwnClaims.running(job.state(), request);
        live.counts().moved(JobStatus.PENDING, JobStatus.RUNNING);
        RunRow begun = row.begun(running, request);
        live.runs().began(job.id(), begun);
        if (running.epoch() == 1) {
            live.deliveries().moved(session, seq, begun.callback(), JobStatus.RUNNING, request.now());
        }
        Job taken = job.withState(running);
        live.minutes().started(taken);
        live.changes().note(JobChange.Kind.STARTED, taken);
        return taken;
    }
}
