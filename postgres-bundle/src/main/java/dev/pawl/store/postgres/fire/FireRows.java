package dev.pawl.store.postgres.fire;

import dev.pawl.service.job.DueFire;
import dev.pawl.service.schedule.Fire;
import dev.pawl.service.schedule.FireOutcome;
import dev.pawl.service.store.ScheduleStore.ScheduledJob;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.postgres.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads of the history of schedules, and of their jobs that have not ended. */
public final class FireRows {

    /** The jobs of a schedule's open fires that have not ended, as {@code j}, with their place as {@code p}. */
    static final String LIVE = """
            FROM fires f JOIN jobs j ON j.id = f.job JOIN LATERAL (\
            SELECT 'ready' AS place, epoch FROM ready WHERE job = j.job \
            UNION ALL SELECT 'later', epoch FROM later WHERE job = j.job \
            UNION ALL SELECT 'runs', epoch FROM runs WHERE job = j.job) p ON true WHERE f.open AND f.schedule = \
            """;

    private static final String NUMBER = "(SELECT n FROM schedules WHERE name = ?)";
    private static final String HISTORY = "SELECT due_at, fired_at, job, outcome, detail FROM fires WHERE schedule = "
            + NUMBER + " AND due_at < ? ORDER BY due_at DESC LIMIT ?";
    private static final String FIRST =
            "SELECT j.id, count(*) OVER () - 1 " + LIVE + NUMBER + " ORDER BY f.due_at LIMIT 1";
    private static final String WAITING_OF = "SELECT j.id FROM fires f JOIN jobs j ON j.id = f.job "
            + "JOIN later l ON l.job = j.job AND l.due_at = ? WHERE f.open AND f.schedule = " + NUMBER;
    private static final String IS_ANY_WAITING = "SELECT EXISTS (SELECT 1 FROM later WHERE due_at = ?)::int";
    private static final String WAITING = "SELECT DISTINCT s.name FROM later l JOIN jobs j ON j.job = l.job "
            + "JOIN fires f ON f.job = j.id JOIN schedules s ON s.n = f.schedule WHERE l.due_at = ? AND f.open";

    private FireRows() {}

    public static List<Fire> history(Session session, String schedule, @Nullable Instant before, int limit)
            throws SQLException {
        long end = before == null ? Long.MAX_VALUE : Micros.of(before);
        return session.list(HISTORY, FireRows::read, schedule, end, limit);
    }

    private static Fire read(ResultSet row) throws SQLException {
        return new Fire(
                Micros.read(row, 1),
                Micros.read(row, 2),
                row.getObject(3, UUID.class),
                FireOutcome.of(row.getString(4)),
                Session.presentText(row, 5));
    }

    /** The earliest job of a schedule that has not ended. */
    public static Optional<ScheduledJob> first(Session session, String schedule) throws SQLException {
        return session.first(
                FIRST,
                row -> new ScheduledJob(row.getObject(1, UUID.class), Math.toIntExact(row.getLong(2))),
                schedule);
    }

    /** The jobs of a schedule that wait for earlier ones. */
    public static List<UUID> waiting(Session session, String schedule) throws SQLException {
        return session.list(
                WAITING_OF, row -> row.getObject(1, UUID.class), Micros.of(DueFire.AFTER_EARLIER_JOBS), schedule);
    }

    /** The schedules with jobs that wait for earlier ones. */
    public static List<String> waiting(Session session) throws SQLException {
        long time = Micros.of(DueFire.AFTER_EARLIER_JOBS);
        return session.number(IS_ANY_WAITING, time) == 0
                ? List.of()
                : session.list(WAITING, row -> Session.presentText(row, 1), time);
    }
}
