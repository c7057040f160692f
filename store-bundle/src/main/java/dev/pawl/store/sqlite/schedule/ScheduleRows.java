package dev.pawl.store.sqlite.schedule;

import dev.pawl.service.job.DueFire;
import dev.pawl.service.schedule.ScheduleOrigin;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.KeptSchedule;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.RequestJson;
import dev.pawl.store.kit.StatusText;
import dev.pawl.store.kit.TimingJson;
import dev.pawl.store.sqlite.engine.JobIds;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of schedules, by name. */
public final class ScheduleRows {

    private static final String SELECT = """
            SELECT s.name, s.revision, s.changed_at, s.timed_at, s.paused, s.settled_at, s.next_at, s.fire_at, s.last_at, s.last_job, \
            (SELECT j.status FROM jobs j WHERE j.id = s.last_job), r.timing, r.job, s.origin, s.origin_name, s.origin_changed \
            FROM schedules s %s JOIN schedule_requests r ON r.schedule = s.n \
            """;
    private static final String FIND = SELECT.formatted("") + "WHERE s.name = ?";
    private static final String LIST = SELECT.formatted("") + "WHERE s.name > ? ORDER BY s.name LIMIT ?";
    private static final String DUE = SELECT.formatted("INDEXED BY schedules_due")
            + "WHERE s.fire_at <= ? AND (s.fire_at, s.name) > (?, ?) ORDER BY s.fire_at, s.name LIMIT ?";
    private static final String NEXT_FIRE =
            "SELECT min(fire_at) FROM schedules INDEXED BY schedules_due WHERE fire_at > ?";
    private static final String OF_ORIGIN =
            "SELECT name FROM schedules INDEXED BY schedules_origin WHERE origin_name = ? AND origin = ? ORDER BY name";
    private static final String NUMBER = "SELECT n FROM schedules WHERE name = ?";
    private static final String ADD = """
            INSERT INTO schedules (changed_at, timed_at, paused, settled_at, next_at, fire_at, origin, origin_name, origin_changed, name, revision) \
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? + 1) ON CONFLICT (name) DO NOTHING\
            """;
    private static final String CHANGE = """
            UPDATE schedules SET changed_at = ?, timed_at = ?, paused = ?, settled_at = ?, next_at = ?, fire_at = ?, origin = ?, origin_name = ?, \
            origin_changed = ?, revision = revision + 1 WHERE name = ? AND revision = ?\
            """;
    private static final String PUT_REQUEST = """
            INSERT INTO schedule_requests (schedule, timing, job) VALUES (?, ?, ?) \
            ON CONFLICT (schedule) DO UPDATE SET timing = excluded.timing, job = excluded.job\
            """;
    private static final String DELETE = "DELETE FROM schedules WHERE name = ?";

    private static final String ZONE_RULES = "SELECT rules FROM schedule_zone_rules";
    private static final String KEEP_ZONE_RULES = """
            INSERT INTO schedule_zone_rules (only, rules) VALUES (1, ?) ON CONFLICT (only) DO UPDATE SET rules = excluded.rules\
            """;

    private ScheduleRows() {}

    public static Optional<KeptSchedule> find(Session session, String name) throws SQLException {
        return session.first(FIND, ScheduleRows::read, name);
    }

    public static List<KeptSchedule> list(Session session, String after, int limit) throws SQLException {
        return session.listUpTo(JobStore.PAGE_CHARACTERS, ScheduleRows::weight, LIST, ScheduleRows::read, after, limit);
    }

    public static List<KeptSchedule> due(Session session, Instant upTo, @Nullable KeptSchedule after, int limit)
            throws SQLException {
        DueFire.Next last = after == null ? null : after.next();
        return session.listUpTo(
                JobStore.PAGE_CHARACTERS,
                ScheduleRows::weight,
                DUE,
                ScheduleRows::read,
                Micros.of(upTo),
                last == null ? Long.MIN_VALUE : Micros.of(last.fireAt()),
                after == null ? "" : after.name(),
                limit);
    }

    public static List<String> ofOrigin(Session session, ScheduleOrigin.Kind kind, String name) throws SQLException {
        return session.list(OF_ORIGIN, row -> row.getString(1), name, kind.wireName());
    }

    public static Optional<Instant> nextFire(Session session, Instant after) throws SQLException {
        return session.first(NEXT_FIRE, row -> Optional.ofNullable(Micros.readNullable(row, 1)), Micros.of(after))
                .flatMap(found -> found);
    }

    /** Adds a row, or changes the one of its name; false when that has another revision. */
    public static boolean put(Session session, KeptSchedule schedule, String timing, String job) throws SQLException {
        DueFire.Next next = schedule.next();
        ScheduleOrigin origin = schedule.origin();
        int rows = session.update(
                schedule.revision() == 0 ? ADD : CHANGE,
                Micros.of(schedule.changedAt()),
                Micros.of(schedule.timedAt()),
                schedule.request().paused() ? 1 : 0,
                Micros.of(schedule.settledAt()),
                next == null ? null : Micros.of(next.dueAt()),
                next == null ? null : Micros.of(next.fireAt()),
                origin == null ? null : origin.kind().wireName(),
                origin == null ? null : origin.name(),
                origin != null && origin.isChanged() ? 1 : 0,
                schedule.name(),
                schedule.revision());
        if (rows > 0) {
            session.update(PUT_REQUEST, session.number(NUMBER, schedule.name()), timing, job);
        }
        return rows > 0;
    }

    public static boolean delete(Session session, String name) throws SQLException {
        return session.update(DELETE, name) > 0;
    }

    public static Optional<String> zoneRules(Session session) throws SQLException {
        return session.first(ZONE_RULES, row -> row.getString(1));
    }

    public static void keepZoneRules(Session session, String rules) throws SQLException {
        session.update(KEEP_ZONE_RULES, rules);
    }

    /** The times and rules of a schedule as JSON. */
    public static String timing(KeptSchedule schedule) {
        return TimingJson.write(schedule.request());
    }

    private static KeptSchedule read(ResultSet row) throws SQLException {
        return new KeptSchedule(
                TimingJson.read(
                        row.getString(1), row.getString(12), RequestJson.read(row.getString(13)), row.getInt(5) == 1),
                origin(row),
                row.getLong(2),
                Micros.read(row, 3),
                Micros.read(row, 4),
                Micros.read(row, 6),
                next(row),
                last(row));
    }

    private static @Nullable ScheduleOrigin origin(ResultSet row) throws SQLException {
        String kind = row.getString(14);
        return kind == null
                ? null
                : new ScheduleOrigin(ScheduleOrigin.Kind.of(kind), row.getString(15), row.getInt(16) == 1);
    }

    private static DueFire.@Nullable Next next(ResultSet row) throws SQLException {
        Instant dueAt = Micros.readNullable(row, 7);
        return dueAt == null ? null : new DueFire.Next(dueAt, Micros.read(row, 8));
    }

    private static KeptSchedule.@Nullable Last last(ResultSet row) throws SQLException {
        Instant at = Micros.readNullable(row, 9);
        if (at == null) {
            return null;
        }
        String status = row.getString(11);
        return new KeptSchedule.Last(
                at, JobIds.uuid(row.getBytes(10)), status == null ? null : StatusText.status(status));
    }

    private static long weight(KeptSchedule schedule, ResultSet row) throws SQLException {
        return row.getString(13).length();
    }
}
