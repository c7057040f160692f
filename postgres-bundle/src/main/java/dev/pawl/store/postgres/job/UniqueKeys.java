package dev.pawl.store.postgres.job;

import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.OnConflict;
import dev.pawl.store.kit.Micros;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The unique keys of jobs: of those that have not ended, and of those that hold theirs for a time after their end. */
final class UniqueKeys {

    private static final String LIVE =
            "SELECT j.id FROM live_keys k JOIN jobs j ON j.job = k.job WHERE k.unique_key = ?";
    private static final String ENDED =
            "SELECT j.id FROM kept_keys k JOIN ended e ON e.job = k.job JOIN jobs j ON j.job = k.job "
                    + "WHERE k.unique_key = ? AND e.completed_at + k.kept_for > ? ORDER BY e.completed_at DESC LIMIT 1";
    private static final String GIVE_AWAY = "DELETE FROM kept_keys WHERE unique_key = ?";

    private UniqueKeys() {}

    /**
     * The job that holds the key which the request wants. One that has ended gives it away to a request that replaces, and to its own retry.
     */
    static @Nullable JobRecord holder(Work work, String key, JobRequest request) throws SQLException {
        work.flush();
        Optional<UUID> live = work.session().first(LIVE, row -> row.getObject(1, UUID.class), key);
        if (live.isPresent()) {
            return work.records().find(live.get());
        }
        if (request.onConflict() == OnConflict.REPLACE) {
            giveAway(work, key);
            return null;
        }
        Optional<UUID> ended =
                work.session().first(ENDED, row -> row.getObject(1, UUID.class), key, Micros.of(work.now()));
        if (ended.isPresent() && ended.equals(request.retryOf())) {
            giveAway(work, key);
            return null;
        }
        return ended.isEmpty() ? null : work.records().find(ended.get());
    }

    private static void giveAway(Work work, String key) throws SQLException {
        if (work.session().update(GIVE_AWAY, key) > 0) {
            work.changed();
        }
    }

    /** Lets a new job hold its key, and after its end, if its request says so. */
    static void keep(Work work, JobRecord record, String key, JobRequest request) {
        work.rows().liveKey(key, record.job);
        request.uniqueFor().ifPresent(time -> work.rows()
                .keptKey(record.job, key, TimeUnit.MILLISECONDS.toMicros(time.toMillis())));
    }
}
