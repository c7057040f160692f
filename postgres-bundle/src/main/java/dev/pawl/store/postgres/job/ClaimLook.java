package dev.pawl.store.postgres.job;

import dev.pawl.service.store.ClaimRequest;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.SqlArray;
import dev.pawl.store.postgres.engine.SqlCall;
import dev.pawl.store.postgres.news.FirstWaiting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The look of a claim, by one string of statements: it moves jobs that are due to the queue, locks and counts the modules with limits, and reads
 * trials and the first jobs of the lanes, each statement after those before it. Nothing of what waits is locked.
 */
final class ClaimLook {

    private static final String COLUMNS =
            "job, module_key, lane, queued_at, epoch, attempt, crashes, crash_mark, crashes_at_mark, "
                    + "task_index, elapsed_ns, started_at, run_started_at, parked, worker, module_version, percent, info, lines, lines_dropped, "
                    + "log_size, results, final_results, failure, generation";

    /** The most jobs that one look moves to the queue. */
    static final int MOST_MOVED = 1_000;

    /** Locks what is due in the order of the key, and passes over what another server moves at this moment. */
    static final String MAKE_READY =
            "WITH due AS MATERIALIZED (SELECT job FROM later WHERE due_at >= ? AND due_at <= ? ORDER BY due_at LIMIT "
                    + MOST_MOVED
                    + " FOR UPDATE SKIP LOCKED), gone AS (DELETE FROM later WHERE job = ANY (ARRAY (SELECT due.job FROM due)) RETURNING later.*), "
                    + "moved AS (INSERT INTO ready (" + COLUMNS + ") SELECT " + COLUMNS + " FROM gone "
                    + "RETURNING module_key, lane, queued_at, job) "
                    + "SELECT f.due_at, moved.module_key, moved.lane, moved.queued_at, moved.job FROM (SELECT "
                    + "(SELECT due_at FROM later WHERE due_at >= ? AND due_at <= ? ORDER BY due_at LIMIT 1) AS due_at) f "
                    + "LEFT JOIN moved ON true";

    /** Neither suspected, nor given to a newer version than one that goes on here, by modules. */
    private static final String MAY_BEGIN = "AND (r.crashes IS NULL OR r.crashes < 2) "
            + "AND (r.generation IS NULL OR r.generation <= coalesce((SELECT min(b.most) FROM unnest(?::text[], ?::bigint[]) "
            + "AS b (module, most) WHERE b.module = ANY (string_to_array(r.module_key, ','))), r.generation)) ";

    private static final String IN_ORDER = "ORDER BY r.lane, r.queued_at, r.job + 0 LIMIT ?) q";

    /** The lanes that have jobs, each found by one look at the index: see {@link Lanes.Lane}. */
    private static final String LANES =
            "WITH RECURSIVE lanes (module_key, lane) AS ((SELECT module_key, lane FROM ready ORDER BY module_key, lane LIMIT 1) "
                    + "UNION ALL SELECT n.module_key, n.lane FROM lanes CROSS JOIN LATERAL (SELECT r.module_key, r.lane FROM ready r "
                    + "WHERE (r.module_key, r.lane) >= (lanes.module_key, greatest(lanes.lane + 1, 0)) "
                    + "ORDER BY r.module_key, r.lane LIMIT 1) n) ";

    /** The first jobs of all lanes, from the beginning of each. */
    static final String FROM_BEGINNING =
            LANES + "SELECT lanes.module_key, greatest(lanes.lane + 1, 0), q.lane, q.queued_at, q.job "
                    + "FROM lanes CROSS JOIN LATERAL (SELECT r.lane, r.queued_at, r.job FROM ready r "
                    + "WHERE r.module_key = lanes.module_key AND r.lane >= lanes.lane AND r.lane < greatest(lanes.lane + 1, 0) "
                    + MAY_BEGIN + IN_ORDER;

    /** The first jobs of given lanes, from a place in each. */
    static final String FROM_STARTS = "SELECT g.module_key, g.lane_end, q.lane, q.queued_at, q.job "
            + "FROM unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[]) "
            + "AS g (module_key, lane, queued_at, job, lane_end) "
            + "CROSS JOIN LATERAL (SELECT r.lane, r.queued_at, r.job FROM ready r WHERE r.module_key = g.module_key "
            + "AND (r.lane, r.queued_at, r.job + 0) >= (g.lane, g.queued_at, g.job) AND r.lane < g.lane_end "
            + MAY_BEGIN + IN_ORDER;

    private Map<String, Long> left = Map.of();
    private final List<Trials.Suspect> suspects = new ArrayList<>();
    private final Map<Lanes.Lane, List<ReadyQueue.Entry>> first = new LinkedHashMap<>();
    private final List<FirstWaiting> moved = new ArrayList<>();
    private final int most;
    private long trialUntil;
    private @Nullable Long firstDue; // of all that were due, those included that another server moves at this moment

    private ClaimLook(int most) {
        this.most = most;
    }

    /**
     * Looks, after the records were written.
     *
     * @param isWanted whether jobs of a module key may be claimed
     */
    static ClaimLook look(Work work, ClaimRequest request, long room, Predicate<String> isWanted) throws SQLException {
        Lanes lanes = work.lanes();
        boolean isKnown = lanes.isKnown();
        List<Lanes.Lane> wanted = lanes.wanted(isWanted);
        long each = (2 * Math.max(0, room) + wanted.size()) / Math.max(1, wanted.size());
        ClaimLook look = new ClaimLook(Math.toIntExact(Math.max(1, Math.min(ReadyQueue.FETCHED_AT_ONCE, each))));
        boolean isHere = request.leasedUntil() == null;
        Map<String, Long> behind = isHere ? work.generations().behind() : Map.of();
        List<SqlCall> calls = new ArrayList<>();
        long from = lanes.due().micros();
        long now = Micros.of(work.now());
        calls.add(new SqlCall(MAKE_READY, from, now, from, now).each(look::moved));
        Limits.Count count = work.limits().count(request.limits(), calls);
        if (isHere) {
            calls.add(Trials.until(work).each(row -> look.trialUntil = row.getLong(1)));
        }
        calls.add(Trials.waiting(look.suspects));
        calls.add((isKnown ? lanes.first(wanted, behind, look.most) : fromBeginning(behind, look.most))
                .each(look::found));
        work.flush(calls);
        look.left = count.left();
        lanes.due().looked(now, look.firstDue);
        if (isKnown
                && !look.moved
                        .isEmpty()) { // in lanes that were not looked at, or before the places from which they were
            look.moved.forEach(lanes::added);
            wanted = lanes.wanted(isWanted);
            look.first.clear();
            work.session().all(List.of(lanes.first(wanted, behind, look.most).each(look::found)));
        }
        look.first.forEach((lane, entries) -> lanes.found(lane, entries.get(0)));
        if (isKnown) {
            wanted.stream().filter(lane -> !look.first.containsKey(lane)).forEach(lane -> lanes.found(lane, null));
        } else {
            lanes.foundAll();
        }
        return look;
    }

    /**
     * The query for the first jobs of all lanes.
     *
     * @param behind the modules of which a newer version may have been given jobs, with the highest generation that goes on here
     */
    static SqlCall fromBeginning(Map<String, Long> behind, int most) {
        return new SqlCall(FROM_BEGINNING, SqlArray.texts(behind.keySet()), SqlArray.numbers(behind.values()), most);
    }

    private void moved(ResultSet row) throws SQLException {
        long due = row.getLong(1);
        firstDue = row.wasNull() ? null : Long.valueOf(due);
        String moduleKey = Session.text(row, 2);
        if (moduleKey != null) {
            moved.add(new FirstWaiting(moduleKey, row.getLong(3), row.getLong(4), row.getLong(5)));
        }
    }

    private void found(ResultSet row) throws SQLException {
        first.computeIfAbsent(new Lanes.Lane(Session.presentText(row, 1), row.getLong(2)), lane -> new ArrayList<>())
                .add(new ReadyQueue.Entry(row.getLong(3), row.getLong(4), row.getLong(5)));
    }

    /** The jobs that were due. */
    List<FirstWaiting> moved() {
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

    /**
     * The lanes that have jobs.
     *
     * @param generation the highest generation of the jobs of a key that may be taken
     */
    List<ReadyQueue> queues(Session session, ToLongFunction<String> generation) {
        List<ReadyQueue> queues = new ArrayList<>();
        first.forEach((lane, entries) -> queues.add(new ReadyQueue(
                session, lane, generation.applyAsLong(lane.moduleKey()), entries, entries.size() < most)));
        return queues;
    }
}
