package dev.pawl.store.postgres.job;

import dev.pawl.store.postgres.engine.SqlCall;
import dev.pawl.store.postgres.engine.StoreClock;
import dev.pawl.store.postgres.notification.NewNotifications;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The first statement of a transaction: it takes the lock of this process, and reads the time, the numbers of jobs that may be added, and what
 * others have changed. Used by the writer's thread alone.
 */
final class Opening {

    /** The planner takes an array of unknown length for ten, and so keeps its plan; it would make one for each length of a series. */
    private static final String OPEN = "SELECT pg_advisory_xact_lock(?), " + StoreClock.MICROS
            + ", ARRAY (SELECT nextval('job_numbers') FROM unnest(array_fill(0, ARRAY[?::int]))), EXISTS "
            + "(SELECT 1 FROM servers WHERE owner <> ? AND lease_until > " + StoreClock.MICROS + " - 60000000), "
            + NewNotifications.STATE + ", " + Generations.CHANGES;

    private final Work work;
    private final Deque<Long> numbers = new ArrayDeque<>();
    private Instant now = Instant.EPOCH;

    Opening(Work work) {
        this.work = work;
    }

    /**
     * The statement, which tells the parts of the work what it has read.
     *
     * @param given the time of another clock; null for that of the database
     * @param added the number of jobs that are added at most
     */
    SqlCall call(@Nullable Instant given, int added) {
        numbers.clear();
        long owner = work.owner();
        return new SqlCall(OPEN, owner, added, owner, work.notifications().asksForFailing()).each(row -> {
            now = given == null ? StoreClock.read(row.getLong(2)) : given;
            Collections.addAll(numbers, (Long[]) row.getArray(3).getArray());
            work.news().begun(row.getBoolean(4));
            work.notifications().begun(row.getLong(5), row.getBoolean(6));
            if (work.generations().begun(row.getLong(7))) {
                work.claims().look();
            }
        });
    }

    /** The time of the transaction, by the clock of the store. */
    Instant now() {
        return now;
    }

    /** The number of the next job. */
    long nextNumber() {
        return numbers.remove();
    }
}
