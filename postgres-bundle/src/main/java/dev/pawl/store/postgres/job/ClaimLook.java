package dev.pawl.store.postgres.job;

import dev.pawl.service.store.ClaimRequest;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.SqlArray;
import dev.pawl.store.postgres.engine.SqlCall;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The look of a claim, by one string of statements: it moves jobs that are due to the queue, locks and counts the modules with limits, and reads
 * trials and the heads of the queues, each statement after those before it. Nothing of what waits is locked.
 */
final class ClaimLook {

    private static final String COLUMNS =
            "job, module_key, lane, queued_at, epoch, attempt, crashes, crash_mark, crashes_at_mark, "
                    + "task_index, elapsed_ns, started_at, run_started_at, parked, worker, module_version, percent, info, lines, lines_dropped, "
                    + "log_size, results, final_results, failure";

    /** Locks what is due in the order of the key, and passes over what another server moves at this moment. */
    static final String MAKE_READY =
            "WITH due AS MATERIALIZED (SELECT job FROM later WHERE due_at <= ? ORDER BY due_at LIMIT 1000 "
                    + "FOR UPDATE SKIP LOCKED), gone AS (DELETE FROM later WHERE job = ANY (ARRAY (SELECT due.job FROM due)) RETURNING later.*) "
                    + "INSERT INTO ready (" + COLUMNS + ") SELECT " + COLUMNS + " FROM gone";

    /** Finds the distinct module keys by a few looks at the index each, and the first jobs of each. */
    static final String HEADS = "WITH RECURSIVE keys (module_key) AS (SELECT min(module_key) FROM ready UNION ALL "
            + "SELECT (SELECT min(r.module_key) FROM ready r WHERE r.module_key > keys.module_key) FROM keys "
            + "WHERE keys.module_key IS NOT NULL) SELECT keys.module_key, q.lane, q.queued_at, q.job "
            + "FROM keys CROSS JOIN LATERAL (SELECT r.lane, r.queued_at, r.job FROM ready r "
            + "WHERE r.module_key = keys.module_key AND (r.crashes IS NULL OR r.crashes < 2) "
            + "ORDER BY r.lane, r.queued_at, r.job + 0 LIMIT ?) q "
            + "WHERE keys.module_key IS NOT NULL AND keys.module_key <> ALL (?)";

    private final Map<String, Long> left = new HashMap<>();
    private final List<Trials.Suspect> suspects = new ArrayList<>();
    private final Map<String, List<ReadyQueue.Entry>> heads = new LinkedHashMap<>();
    private final int most;
    private long trialUntil;
    private int moved;

    private ClaimLook(int most) {
        this.most = most;
    }

    /**
     * Looks, after the records were written.
     *
     * @param isWanted whether jobs of a module key may be claimed
     */
    static ClaimLook look(Work work, ClaimRequest request, long room, Predicate<String> isWanted) throws SQLException {
        List<String> unwanted = new ArrayList<>();
        int wanted = 0;
        for (String key : work.claims().keys()) {
            if (isWanted.test(key)) {
                wanted++;
            } else {
                unwanted.add(key);
            }
        }
        long each = (2 * Math.max(0, room) + wanted) / Math.max(1, wanted);
        ClaimLook look = new ClaimLook(Math.toIntExact(Math.max(1, Math.min(ReadyQueue.FETCHED_AT_ONCE, each))));
        List<SqlCall> calls = new ArrayList<>();
        calls.add(new SqlCall(MAKE_READY, Micros.of(work.now())).counted(rows -> look.moved = rows));
        Limits.read(request.limits(), look.left, calls);
        if (request.leasedUntil() == null) {
            calls.add(Trials.until(work).each(row -> look.trialUntil = row.getLong(1)));
        }
        calls.add(Trials.waiting(look.suspects));
        calls.add(new SqlCall(HEADS, look.most, SqlArray.texts(unwanted)).each(row -> look.heads
                .computeIfAbsent(Session.presentText(row, 1), key -> new ArrayList<>())
                .add(new ReadyQueue.Entry(row.getLong(2), row.getLong(3), row.getLong(4)))));
        work.flush(calls);
        work.claims().keys(look.heads.keySet());
        return look;
    }

    /** The number of jobs that were due. */
    int moved() {
        return moved;
    }

    /** The number of further jobs that may run for each limited module. */
    Map<String, Long> left() {
        return left;
    }

    /** The end of the trial that runs here; 0 when there is none. */
    long trialUntil() {
        return trialUntil;
    }

    /** All suspected jobs that wait, in order. */
    List<Trials.Suspect> suspects() {
        return suspects;
    }

    /** The queues that have jobs. */
    List<ReadyQueue> queues(Session session) {
        List<ReadyQueue> queues = new ArrayList<>();
        heads.forEach((key, first) -> queues.add(new ReadyQueue(session, key, first, first.size() < most)));
        return queues;
    }
}
