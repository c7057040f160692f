package dev.pawl.store.sqlite.job;

import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Set;

/** The ready jobs of a module key in order, fetched on demand. */
final class ReadyQueue {

    private static final int FETCHED_AT_ONCE = 64;

    private static final String NEXT = """
            SELECT rank, seq FROM jobs INDEXED BY jobs_ready WHERE status = 'pending' AND due_at IS NULL AND crashes < 2 AND module_key = ? \
            AND (rank, seq) > (?, ?) ORDER BY rank, seq LIMIT \
            """ + FETCHED_AT_ONCE;

    private final Session session;
    private final String key;
    private final Set<String> modules;
    private final Deque<Entry> fetched = new ArrayDeque<>();
    private Entry head = new Entry(Long.MIN_VALUE, Long.MIN_VALUE);

    /** A position in the queue. */
    record Entry(long rank, long seq) {
        static final Comparator<Entry> ORDER =
                Comparator.comparingLong(Entry::rank).thenComparingLong(Entry::seq);
    }

    ReadyQueue(Session session, String key, Set<String> modules) {
        this.session = session;
        this.key = key;
        this.modules = modules;
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
        if (fetched.isEmpty()) {
            fetched.addAll(
                    session.list(NEXT, row -> new Entry(row.getLong(1), row.getLong(2)), key, head.rank(), head.seq()));
        }
        Entry next = fetched.poll();
        if (next == null) {
            return false;
        }
        head = next;
        return true;
    }
}
