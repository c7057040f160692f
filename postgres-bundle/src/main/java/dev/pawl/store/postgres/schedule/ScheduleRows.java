package dev.pawl.store.postgres.schedule;

import dev.pawl.service.job.DueFire;
import dev.pawl.service.schedule.ScheduleOrigin;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.KeptSchedule;
import dev.pawl.store.kit.FireDecision;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.RequestJson;
import dev.pawl.store.kit.StatusText;
import dev.pawl.store.kit.TimingJson;
import dev.pawl.store.postgres.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of schedules, by name. */
public final class ScheduleRows {

    private static final String SELECT = """
            SELECT s.name, s.revision, s.changed_at, s.timed_at, s.paused, s.settled_at, s.next_at, s.fire_at, s.last_at, s.last_job, \
            (SELECT p.status FROM jobs j JOIN job_places p ON p.job = j.job WHERE j.id = s.last_job), r.timing, r.job, \
            s.origin, s.origin_name, s.origin_changed FROM schedules s JOIN schedule_requests r ON r.schedule = s.n \
            """;
    private static final String FIND = SELECT + "WHERE s.name = ?";
    private static final String LIST = SELECT + "WHERE s.name > ? ORDER BY s.name LIMIT ?";
    private static final String DUE =
            SELECT + "WHERE s.fire_at <= ? AND (s.fire_at, s.name) > (?, ?) ORDER BY s.fire_at, s.name LIMIT ?";
    private static final String NEXT_FIRE = "SELECT min(fire_at) FROM schedules WHERE fire_at > ?";
    private static final String OF_ORIGIN =
            "SELECT name FROM schedules WHERE origin_name = ? AND origin = ? ORDER BY name";

    /** Waits for another server that adds or changes the row at this moment, and does nothing when that has. */
    private static final String ADD = """
            INSERT INTO schedules (changed_at, timed_at, paused, settled_at, next_at, fire_at, origin, origin_name, origin_changed, name, \
            revision, room) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? + 1, ?) ON CONFLICT (name) DO NOTHING RETURNING n\
            """;

    private static final String CHANGE = """
            UPDATE schedules SET changed_at = ?, timed_at = ?, paused = ?, settled_at = ?, next_at = ?, fire_at = ?, origin = ?, origin_name = ?, \
            origin_changed = ?, revision = revision + 1 WHERE name = ? AND revision = ? RETURNING n\
            """;
    private static final String PUT_REQUEST = """
            INSERT INTO schedule_requests (schedule, timing, job) VALUES (?, ?, ?) \
            ON CONFLICT (schedule) DO UPDATE SET timing = excluded.timing, job = excluded.job\
            """;
    private static final String LOCK = "SELECT n FROM schedules WHERE name = ? FOR UPDATE";
    private static final String DELETE = "DELETE FROM schedules WHERE name = ?";

    private static final String ZONE_RULES = "SELECT rules FROM schedule_zone_rules";
    private static final String KEEP_ZONE_RULES =
            "INSERT INTO schedule_zone_rules (one, rules) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET rules = excluded.rules";

    private ScheduleRows() {}

    private record Weighed(KeptSchedule schedule, long characters) {}

    public static Optional<KeptSchedule> find(Session session, String name) throws SQLException {
        return session.first(FIND, ScheduleRows::read, name).map(Weighed::schedule);
    }

    public static List<KeptSchedule> list(Session session, String after, int limit) throws SQLException {
        return page(session, LIST, after, limit);
    }

    public static List<KeptSchedule> due(Session session, Instant upTo, @Nullable KeptSchedule after, int limit)
            throws SQLException {
        DueFire.Next last = after == null ? null : after.next();
        return page(
                session,
                DUE,
                Micros.of(upTo),
                last == null ? Long.MIN_VALUE : Micros.of(last.fireAt()),
                after == null ? "" : after.name(),
                limit);
    }

    private static List<KeptSchedule> page(Session session, String query, Object... values) throws SQLException {
        List<Weighed> page = session.atOneMoment(moment ->
                moment.listUpTo(JobStore.PAGE_CHARACTERS, Weighed::characters, query, ScheduleRows::read, values));
        return page.stream().map(Weighed::schedule).toList();
    }

    public static List<String> ofOrigin(Session session, ScheduleOrigin.Kind kind, String name) throws SQLException {
        return session.list(OF_ORIGIN, row -> Session.presentText(row, 1), name, kind.wireName());
    }

    public static Optional<Instant> nextFire(Session session, Instant after) throws SQLException {
        return session.first(NEXT_FIRE, row -> Optional.ofNullable(Micros.readNullable(row, 1)), Micros.of(after))
                .flatMap(found -> found);
    }

    /** Adds a row, or changes the one of its name; false when that has another revision. */
    public static boolean put(Session session, KeptSchedule schedule, String timing, String job) throws SQLException {
        DueFire.Next next = schedule.next();
        ScheduleOrigin origin = schedule.origin();
        boolean isFirst = schedule.revision() == 0;
        List<@Nullable Object> values = new ArrayList<>();
        values.add(Micros.of(schedule.changedAt()));
        values.add(Micros.of(schedule.timedAt()));
        values.add(schedule.request().paused());
        values.add(Micros.of(schedule.settledAt()));
        values.add(next == null ? null : Micros.of(next.dueAt()));
        values.add(next == null ? null : Micros.of(next.fireAt()));
        values.add(origin == null ? null : origin.kind().wireName());
        values.add(origin == null ? null : origin.name());
        values.add(origin != null && origin.isChanged());
        values.add(schedule.name());
        values.add(schedule.revision());
        if (isFirst) {
            values.add(FireDecision.SLACK);
        }
        long n = session.number(isFirst ? ADD : CHANGE, values.toArray());
        if (n > 0) {
            session.update(PUT_REQUEST, n, timing, job);
        }
        return n > 0;
    }

    /** Keeps all others from firing, changing or deleting a schedule until the transaction ends; whether there is one. */
    public static boolean lock(Session session, String name) throws SQLException {
        return session.number(LOCK, name) > 0;
    }

    public static void delete(Session session, String name) throws SQLException {
        session.update(DELETE, name);
    }

    public static Optional<String> zoneRules(Session session) throws SQLException {
        return session.first(ZONE_RULES, row -> Session.presentText(row, 1));
    }

    public static void keepZoneRules(Session session, String rules) throws SQLException {
        session.update(KEEP_ZONE_RULES, rules);
    }

    private static Weighed read(ResultSet row) throws SQLException {
        String job = Session.presentText(row, 13);
        KeptSchedule schedule = new KeptSchedule(
                TimingJson.read(
                        Session.presentText(row, 1),
                        Session.presentText(row, 12),
                        RequestJson.read(job),
                        row.getBoolean(5)),
                origin(row),
                row.getLong(2),
                Micros.read(row, 3),
                Micros.read(row, 4),
                Micros.read(row, 6),
                next(row),
                last(row));
        return new Weighed(schedule, job.length());
    }

    private static @Nullable ScheduleOrigin origin(ResultSet row) throws SQLException {
        String kind = row.getString(14);
        return kind == null
                ? null
                : new ScheduleOrigin(ScheduleOrigin.Kind.of(kind), Session.presentText(row, 15), row.getBoolean(16));
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
                at, row.getObject(10, UUID.class), status == null ? null : StatusText.status(status));
    }
}
