package dev.pawl.store.sqlite.job;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.OnConflict;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The unique keys of jobs: live jobs hold theirs by their own row, jobs that have ended by a row of their own. */
final class UniqueKeys {

    private static final String LIVE = JobRow.SELECT + "WHERE j.unique_key = ? AND j.status IN ('pending', 'running')";
    private static final String ENDED = JobRow.SELECT + """
            WHERE j.seq = (SELECT k.job FROM kept_unique_keys k JOIN jobs e ON e.seq = k.job \
            WHERE k.unique_key = ? AND e.completed_at + k.kept_for > ? ORDER BY e.completed_at DESC LIMIT 1)\
            """;
    private static final String KEEP = "INSERT INTO kept_unique_keys (job, unique_key, kept_for) VALUES (?, ?, ?)";
    private static final String GIVE_AWAY = "DELETE FROM kept_unique_keys WHERE unique_key = ?";

    private UniqueKeys() {}

    /**
     * The job that holds the key which the request wants. One that has ended gives it away to a request that replaces, and to its own retry.
     */
    static Optional<Job> holder(Session session, String key, JobRequest request, Instant now) throws SQLException {
        Optional<Job> live = session.first(LIVE, JobRow::readJob, key);
        if (live.isPresent()) {
            return live;
        }
        if (request.onConflict() == OnConflict.REPLACE) {
            session.update(GIVE_AWAY, key);
            return Optional.empty();
        }
        Optional<Job> ended = session.first(ENDED, JobRow::readJob, key, Micros.of(now));
        if (ended.isPresent() && ended.map(Job::id).equals(request.retryOf())) {
            session.update(GIVE_AWAY, key);
            return Optional.empty();
        }
        return ended;
    }

    /** Lets a new job hold its key after its end, if its request says so. */
    static void keep(Session session, long seq, JobRequest request) throws SQLException {
        if (request.uniqueFor().isPresent()) {
            long micros =
                    TimeUnit.MILLISECONDS.toMicros(request.uniqueFor().get().toMillis());
            session.update(KEEP, seq, request.uniqueKey().orElseThrow(), micros);
        }
    }
}
