package dev.pawl.store.postgres.job;

import dev.pawl.store.kit.ModuleKey;
import dev.pawl.store.postgres.engine.Session;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** The ready jobs of a lane in order, fetched on demand. */
final class ReadyQueue {

    static final int FETCHED_AT_ONCE = 64;

    private static final String NEXT =
            "SELECT lane, queued_at, job FROM ready WHERE module_key = ? AND lane < ? AND (crashes IS NULL OR crashes < 2) "
                    + "AND (generation IS NULL OR generation <= ?) "
                    + "AND (lane, queued_at, job + 0) > (?, ?, ?) ORDER BY lane, queued_at, job + 0 LIMIT "
                    + FETCHED_AT_ONCE;

    private final Session session;
    private final Lanes.Lane lane;
    private final long generation;
    private final Set<String> modules;
    private final Deque<Entry> fetched;
    private boolean isWhole; // nothing follows what was fetched
    private Entry head = new Entry(Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE);

    /** A position in the queue. */
    record Entry(long lane, long queuedAt, long job) {
        static final Comparator<Entry> ORDER = Comparator.comparingLong(Entry::lane)
                .thenComparingLong(Entry::queuedAt)
                .thenComparingLong(Entry::job);
    }

    /**
     * A queue whose first entries are known.
     *
     * @param generation the highest of jobs that may be taken
     * @param isWhole whether these are all
     */
    ReadyQueue(Session session, Lanes.Lane lane, long generation, List<Entry> first, boolean isWhole) {
        this.session = session;
        this.lane = lane;
        this.generation = generation;
        this.fetched = new ArrayDeque<>(first);
        this.isWhole = isWhole;
        this.modules = ModuleKey.modules(lane.moduleKey());
    }

    String key() {
        return lane.moduleKey();
    }

    Set<String> modules() {
        return modules;
    }

    /** The job at the current position. */
    Entry head() {
        return head;
    }

    /** Advances to the next job; false when there is none. */
    boolean advance() throws SQLException {
        if (fetched.isEmpty() && !isWhole) {
            fetched.addAll(session.list(
                    NEXT,
                    row -> new Entry(row.getLong(1), row.getLong(2), row.getLong(3)),
                    lane.moduleKey(),
                    lane.end(),
                    generation,
                    head.lane(),
                    head.queuedAt(),
                    head.job()));
            isWhole = fetched.size() < FETCHED_AT_ONCE;
        }
        Entry next = fetched.poll();
        if (next == null) {
            return false;
        }
        head = next;
        return true;
    }
}
