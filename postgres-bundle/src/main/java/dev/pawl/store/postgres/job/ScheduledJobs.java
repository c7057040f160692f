package dev.pawl.store.postgres.job;

import dev.pawl.service.job.DueFire;
import dev.pawl.service.store.ScheduleStore.ScheduledJob;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.postgres.fire.FireRows;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The release of jobs that wait for earlier ones of their schedule. */
public final class ScheduledJobs {

    private ScheduledJobs() {}

    /** Lets the earliest job that has not ended start, if it waits for earlier ones; tells which job that is. */
    public static Optional<ScheduledJob> release(Work work, String schedule) throws SQLException {
        work.flush();
        Optional<ScheduledJob> first = FireRows.first(work.session(), schedule);
        if (first.isPresent()) {
            release(work, first.get().job());
        }
        return first;
    }

    /** Lets all jobs start that wait for earlier ones. */
    public static void releaseAll(Work work, String schedule) throws SQLException {
        work.flush();
        List<UUID> waiting = FireRows.waiting(work.session(), schedule);
        work.records().load(waiting);
        for (UUID job : waiting) {
            release(work, job);
        }
    }

    private static void release(Work work, UUID job) throws SQLException {
        JobRecord record = work.records().find(job);
        if (record == null || record.now.place != Place.LATER || !isAfterEarlier(record.now)) {
            return;
        }
        record.now.dueAt = null;
        record.now.place = Place.READY;
        work.touch(record);
        work.claims().look();
    }

    private static boolean isAfterEarlier(JobColumns columns) {
        return Long.valueOf(Micros.of(DueFire.AFTER_EARLIER_JOBS)).equals(columns.dueAt);
    }
}
