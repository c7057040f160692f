package dev.pawl.store.sqlite.job;

import dev.pawl.service.job.JobFilter;
import dev.pawl.store.kit.ListPart;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The condition that jobs were requested between two times. Where their sequence numbers begin and end is found by bisection, since jobs are
 * added in the order of time: no list reads what lies outside. Around a moment at which the clock was set back some jobs may be left out.
 *
 * @param since the first time in microseconds; null for none
 * @param until the time before which they end; null for none
 * @param first the sequence number of the first job
 * @param end the sequence number before which they end
 */
record AddedBetween(@Nullable Long since, @Nullable Long until, long first, long end) {

    private static final String BOUNDS = "SELECT (SELECT min(seq) FROM jobs), (SELECT max(seq) FROM jobs)";
    private static final String NEXT = "SELECT seq, created_at FROM jobs WHERE seq >= ? ORDER BY seq LIMIT 1";

    private record Bounds(long first, long last) {}

    private record Added(long seq, long at) {}

    static AddedBetween of(Session session, JobFilter filter) throws SQLException {
        Long since = filter.since().map(Micros::of).orElse(null);
        Long until = filter.until().map(Micros::of).orElse(null);
        return new AddedBetween(
                since,
                until,
                since == null ? Long.MIN_VALUE : firstAt(session, since),
                until == null ? Long.MAX_VALUE : firstAt(session, until));
    }

    /** The jobs of a part that were requested between them. */
    ListPart within(ListPart part) {
        ListPart begun = since == null ? part : part.and("seq >= ? AND created_at >= ?", List.of(first, since));
        return until == null ? begun : begun.and("seq < ? AND created_at < ?", List.of(end, until));
    }

    /** The sequence number of the first job that was requested at a time or later; one after the last when there is none. */
    private static long firstAt(Session session, long micros) throws SQLException {
        Bounds bounds = session.first(BOUNDS, row -> new Bounds(row.getLong(1), row.getLong(2)))
                .orElseThrow();
        long low = bounds.first();
        long high = bounds.last() + 1;
        while (low < high) {
            long middle = low + (high - low) / 2;
            Optional<Added> added = session.first(NEXT, row -> new Added(row.getLong(1), row.getLong(2)), middle);
            if (added.isPresent() && added.get().at() < micros) {
                low = added.get().seq() + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
