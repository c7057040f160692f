package dev.pawl.store.postgres.job;

import dev.pawl.store.kit.Micros;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Adjusts the due times of jobs that wait for a retry. */
public final class WaitingRetries {

    private static final String MOVE = "UPDATE later SET due_at = due_at + ? WHERE parked = 'retry'";
    private static final String LATER =
            "SELECT j.id FROM later l JOIN jobs j ON j.job = l.job WHERE l.due_at > ? AND l.parked = 'retry'";

    private WaitingRetries() {}

    /** Moves them by as much as the clock of the store was set. */
    public static int move(Work work, Duration by) throws SQLException {
        work.flush();
        int moved = work.session().update(MOVE, by.toNanos() / 1_000);
        work.records().forgetLater();
        work.lanes().due().forget();
        work.changed();
        return moved;
    }

    /** Limits the remaining wait of each job to its policy's longest pause. */
    static void bound(Work work) throws SQLException {
        work.flush();
        Instant now = work.now();
        List<UUID> later = work.session().list(LATER, row -> row.getObject(1, UUID.class), Micros.of(now));
        work.records().load(later);
        for (UUID id : later) {
            JobRecord record = work.records().find(id);
            if (record != null && record.now.dueAt != null) {
                long latest = Micros.of(now.plus(record.request().retry().maxBackoff()));
                if (record.now.dueAt > latest) {
                    record.now.dueAt = latest;
                    work.touch(record);
                }
            }
        }
    }
}
