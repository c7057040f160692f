package dev.pawl.store.sqlite.fire;

import dev.pawl.service.job.DueFire;
import dev.pawl.service.schedule.Fire;
import dev.pawl.service.schedule.FireOutcome;
import dev.pawl.service.store.ScheduleStore.ScheduledJob;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.sqlite.engine.JobIds;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads of the history of schedules, and the release of jobs that wait for earlier ones. */
public final class FireRows {

    private static final String HISTORY = """
            SELECT due_at, fired_at, job, outcome, detail FROM fires \
            WHERE schedule = (SELECT n FROM schedules WHERE name = ?) AND due_at < ? ORDER BY due_at DESC LIMIT ?\
            """;
    private static final String LIVE = """
            FROM fires f INDEXED BY fires_open JOIN jobs j ON j.id = f.job \
            WHERE f.schedule = (SELECT n FROM schedules WHERE name = ?) AND f.open = 1 AND j.status IN ('pending', 'running') \
            """;
    private static final String FIRST_LIVE = "SELECT j.id, j.seq " + LIVE + "ORDER BY f.due_at LIMIT 1";
    private static final String COUNT_LIVE = "SELECT count(*) " + LIVE;
    private static final String RELEASE =
            "UPDATE jobs SET due_at = NULL WHERE seq = ? AND status = 'pending' AND due_at = ?";

    private static final String RELEASE_ALL = """
            UPDATE jobs SET due_at = NULL WHERE status = 'pending' AND due_at = ? AND id IN \
            (SELECT job FROM fires INDEXED BY fires_open WHERE schedule = (SELECT n FROM schedules WHERE name = ?) AND open = 1)\
            """;
    private static final String WAIT = """
            SELECT EXISTS (SELECT 1 FROM jobs INDEXED BY jobs_scheduled WHERE status = 'pending' AND due_at = ?)\
            """;
    private static final String WAITING = """
            SELECT DISTINCT s.name FROM fires f INDEXED BY fires_open JOIN jobs j ON j.id = f.job JOIN schedules s ON s.n = f.schedule \
            WHERE f.open = 1 AND j.status = 'pending' AND j.due_at = ?\
            """;

    private FireRows() {}

    private record Live(ScheduledJob job, long seq) {}

    public static List<Fire> history(Session session, String schedule, @Nullable Instant before, int limit)
            throws SQLException {
        long end = before == null ? Long.MAX_VALUE : Micros.of(before);
        return session.list(HISTORY, FireRows::read, schedule, end, limit);
    }

    private static Fire read(ResultSet row) throws SQLException {
        byte[] job = row.getBytes(3);
        return new Fire(
                Micros.read(row, 1),
                Micros.read(row, 2),
                job == null ? null : JobIds.uuid(job),
                FireOutcome.of(row.getString(4)),
                row.getString(5));
    }

    /** Lets the earliest job that has not ended start, if it waits for earlier ones; tells which job that is. */
    public static Optional<ScheduledJob> release(Session session, String schedule) throws SQLException {
        long live = session.number(COUNT_LIVE, schedule);
        Optional<Live> first = session.first(
                FIRST_LIVE,
                row -> new Live(
                        new ScheduledJob(JobIds.uuid(row.getBytes(1)), Math.toIntExact(live - 1)), row.getLong(2)),
                schedule);
        if (first.isPresent()) {
            session.update(RELEASE, first.get().seq(), Micros.of(DueFire.AFTER_EARLIER_JOBS));
        }
        return first.map(Live::job);
    }

    /** Lets all jobs start that wait for earlier ones. */
    public static void releaseAll(Session session, String schedule) throws SQLException {
        session.update(RELEASE_ALL, Micros.of(DueFire.AFTER_EARLIER_JOBS), schedule);
    }

    /** The schedules with jobs that wait for earlier ones. */
    public static List<String> waiting(Session session) throws SQLException {
        long time = Micros.of(DueFire.AFTER_EARLIER_JOBS);
        return session.number(WAIT, time) == 0 ? List.of() : session.list(WAITING, row -> row.getString(1), time);
    }
}
