package dev.pawl.store.postgres.job;

import dev.pawl.store.kit.ModuleKey;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.SqlArray;
import dev.pawl.store.postgres.engine.SqlCall;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The limits of modules, counted from the runs of all servers. Their rows are locked before the count, in another statement: in the same one the
 * count would be of the moment before the wait for the lock.
 */
final class Limits {

    private static final String NAME = "INSERT INTO limits (module) SELECT unnest(?::text[]) ON CONFLICT DO NOTHING";
    private static final String LOCK = "SELECT module FROM limits WHERE module = ANY (?) ORDER BY module FOR UPDATE";
    private static final String RUNNING = "SELECT module_key, count(*) FROM runs GROUP BY module_key";

    private Limits() {}

    /** The number of further jobs that may run for each limited module. */
    static Map<String, Long> left(Work work, Map<String, Integer> limits) throws SQLException {
        Map<String, Long> left = new HashMap<>();
        if (limits.isEmpty()) {
            return left;
        }
        List<SqlCall> calls = new ArrayList<>();
        read(limits, left, calls);
        work.flush(calls);
        return left;
    }

    /** Adds the statements that put into {@code left} the number of further jobs that may run for each limited module. */
    static void read(Map<String, Integer> limits, Map<String, Long> left, List<SqlCall> calls) {
        if (limits.isEmpty()) {
            return;
        }
        limits.forEach((module, limit) -> left.put(module, (long) limit));
        SqlArray modules = SqlArray.texts(new TreeSet<>(limits.keySet()));
        calls.add(new SqlCall(NAME, modules));
        calls.add(new SqlCall(LOCK, modules));
        calls.add(new SqlCall(RUNNING).each(row -> {
            long count = row.getLong(2);
            for (String module : ModuleKey.modules(Session.presentText(row, 1))) {
                left.computeIfPresent(module, (name, most) -> most - count);
            }
        }));
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
