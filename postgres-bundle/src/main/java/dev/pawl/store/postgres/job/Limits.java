package dev.pawl.store.postgres.job;

import dev.pawl.store.kit.ModuleKey;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.SqlArray;
import dev.pawl.store.postgres.engine.SqlCall;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The limits of modules, counted from the runs of all servers. The rows of the modules are locked before the count, in another statement: in the
 * same one the count would be of the moment before the wait for the lock. Whoever has the lock draws a number, which the runs that it begins
 * have, so that a count reads the runs that were there at the last one, each by its key, and those with greater numbers, but nothing that ended
 * between: somebody's open transaction keeps all of that. Used by the writer's thread alone, but for {@link #runs}, {@link #mayRun} and {@link #isAny}.
 */
public final class Limits {

    private static final String NAME = "INSERT INTO limits (module) SELECT unnest(?::text[]) ON CONFLICT DO NOTHING";
    private static final String LOCK = "SELECT module FROM limits WHERE module = ANY (?) ORDER BY module FOR UPDATE";
    private static final String DRAWN =
            "SELECT n.number, r.job, r.module_key FROM (SELECT nextval('limited_claims') AS number) n LEFT JOIN ";

    /** All runs of modules with a limit, by a look at all runs that there are. */
    private static final String ALL = DRAWN + "runs r ON string_to_array(r.module_key, ',') && ?::text[]";

    private static final String SINCE = DRAWN + "(SELECT k.job, s.module_key FROM unnest(?::bigint[]) AS k (job) "
            + "CROSS JOIN LATERAL (SELECT runs.module_key FROM runs WHERE runs.job = k.job OFFSET 0) s "
            + "UNION ALL SELECT runs.job, runs.module_key FROM runs WHERE runs.limited_claim >= ?) r ON true";

    private static final String RUNNING =
            "SELECT job, module_key FROM runs WHERE string_to_array(module_key, ',') && ?::text[]";
    private static final int MOST_TOLD = 10_000;

    private final Queue<Run> told = new LinkedBlockingQueue<>(MOST_TOLD);
    private Known known = Known.NOTHING;
    private @Nullable Known counted; // by this transaction
    private volatile Set<String> modules = Set.of();

    /** A run of a module with a limit. */
    public record Run(long job, String moduleKey) {}

    /**
     * The runs at a count.
     *
     * @param modules the modules with a limit, of which all are known; empty for nothing
     * @param number the number of those that the transaction of the count begins
     */
    private record Known(Set<String> modules, Map<Long, String> runs, long number) {

        static final Known NOTHING = new Known(Set.of(), Map.of(), 0);

        boolean isOfAll(Set<String> wanted) {
            return modules.containsAll(wanted);
        }
    }

    /** The number of further jobs that may run for each limited module. */
    Map<String, Long> left(Work work, Map<String, Integer> limits) throws SQLException {
        Map<String, Long> left = new HashMap<>();
        if (!limits.isEmpty()) {
            List<SqlCall> calls = new ArrayList<>();
            Count count = count(limits, calls);
            work.flush(calls);
            left.putAll(count.left());
        }
        return left;
    }

    /** Adds the statements of a count. */
    Count count(Map<String, Integer> limits, List<SqlCall> calls) {
        Count count = new Count(Map.copyOf(limits));
        if (limits.isEmpty()) {
            counted = Known.NOTHING; // what begins now has no number
        } else {
            SqlArray names = SqlArray.texts(new TreeSet<>(limits.keySet()));
            calls.add(new SqlCall(NAME, names));
            calls.add(new SqlCall(LOCK, names));
            calls.add(running(limits.keySet(), names).each(count::found));
        }
        return count;
    }

    private SqlCall running(Set<String> limited, SqlArray names) {
        Known before = counted == null ? known : counted;
        if (!before.isOfAll(limited)) {
            return new SqlCall(ALL, names);
        }
        Set<Long> jobs = new TreeSet<>(before.runs().keySet());
        for (Run run = told.poll(); run != null; run = told.poll()) {
            jobs.add(run.job());
        }
        return new SqlCall(SINCE, SqlArray.numbers(jobs), before.number());
    }

    /** A count, once its statements were sent. */
    final class Count {

        private final Map<String, Integer> limits;
        private final Map<Long, String> runs = new HashMap<>();
        private long number;

        private Count(Map<String, Integer> limits) {
            this.limits = limits;
        }

        private void found(ResultSet row) throws SQLException {
            number = row.getLong(1);
            long job = row.getLong(2);
            if (!row.wasNull()) {
                runs.put(job, Session.presentText(row, 3));
            }
        }

        /** The number of further jobs that may run for each limited module. */
        Map<String, Long> left() {
            Map<String, Long> left = new HashMap<>();
            limits.forEach((module, limit) -> left.put(module, (long) limit));
            if (!limits.isEmpty()) {
                runs.values().forEach(key -> ModuleKey.modules(key)
                        .forEach(module -> left.computeIfPresent(module, (name, most) -> most - 1)));
                counted = new Known(limits.keySet(), Map.copyOf(runs), number);
            }
            return left;
        }
    }

    /** The number of a run of these modules that begins in this transaction; null when none of them has a limit. */
    @Nullable
    Long number(Set<String> wanted) {
        Known now = counted;
        return now == null || wanted.stream().noneMatch(now.modules()::contains) ? null : now.number();
    }

    /** Forgets the runs, since there may be some without a number. */
    void forget() {
        known = Known.NOTHING;
        counted = null;
    }

    void committed() {
        Known now = counted;
        if (now != null) {
            known = now;
            modules = now.modules();
        }
        counted = null;
    }

    void undone() {
        counted = null;
    }

    /** The query for all runs of modules with a limit, of which those are to be told that a count may not know. Safe for many threads. */
    SqlCall runs() {
        return new SqlCall(RUNNING, SqlArray.texts(modules));
    }

    /** Takes a run that a count may not know: one that began on a server which did not know of the limit. Safe for many threads. */
    void mayRun(Run run) {
        var unused = told.offer(run); // when there are too many, the next look tells the others
    }

    /** Whether there is a limit. Safe for many threads. */
    boolean isAny() {
        return !modules.isEmpty();
    }

    static boolean isFull(Set<String> modules, Map<String, Long> left) {
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
}
