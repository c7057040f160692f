package dev.pawl.store.postgres.fire;

import dev.pawl.service.data.TextLimit;
import dev.pawl.service.job.DueFire;
import dev.pawl.service.job.EarlierJobs;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.schedule.FireOutcome;
import dev.pawl.service.store.ScheduleStore;
import dev.pawl.store.kit.FireDecision;
import dev.pawl.store.kit.FireDecision.Earlier;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.SqlCall;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The writing of one fire, within the transaction of its job. The schedule's row is locked from its beginning: another server that fires the
 * same due time at that moment is refused, and does not wait for this one. The tables must be as the records are.
 */
public final class FireWrite {

    private static final String AS_READ =
            "SELECT n, room FROM schedules WHERE name = ? AND revision = ? FOR UPDATE SKIP LOCKED";
    private static final String IS_AS_READ = "SELECT count(*) FROM schedules WHERE name = ? AND revision = ?";
    private static final String BY_HAND = "SELECT n, room FROM schedules WHERE name = ? FOR UPDATE";
    private static final String EARLIER = "SELECT j.id, j.job, p.place " + FireRows.LIVE + "? ";
    private static final String HAS_NOT_ENDED = EARLIER + "ORDER BY f.due_at LIMIT 1";
    private static final String HAS_NOT_BEGUN =
            EARLIER + "AND p.place <> 'runs' AND coalesce(p.epoch, 0) = 0 ORDER BY f.due_at DESC LIMIT 1";
    private static final String HOLD = "SELECT 1 FROM %s WHERE job = ? FOR KEY SHARE";
    private static final String RUNS = "runs";

    /** Counts no more than may wait. */
    private static final String OPEN =
            "SELECT count(*) FROM (SELECT 1 FROM fires WHERE schedule = ? AND open LIMIT ?) o";

    /** Looks at some of the oldest and some of the latest open rows: what is missed there is found by a later fire. */
    private static final String CLOSE_ENDED = """
            UPDATE fires f SET open = false FROM (\
            SELECT due_at FROM (SELECT due_at FROM fires WHERE schedule = ? AND open ORDER BY due_at LIMIT 16) o \
            UNION SELECT due_at FROM (SELECT due_at FROM fires WHERE schedule = ? AND open ORDER BY due_at DESC LIMIT 16) l) c \
            WHERE f.schedule = ? AND f.due_at = c.due_at AND NOT EXISTS (\
            SELECT 1 FROM jobs j JOIN job_places p ON p.job = j.job WHERE j.id = f.job AND p.place <> 'ended')\
            """;

    private static final String IS_TAKEN = "SELECT count(*) FROM fires WHERE schedule = ? AND due_at = ?";
    private static final String ADD =
            "INSERT INTO fires (schedule, due_at, fired_at, job, outcome, detail, open) VALUES (?, ?, ?, ?, ?, ?, ?)";
    private static final String MOVE = """
            UPDATE schedules SET revision = revision + 1, settled_at = ?, next_at = ?, fire_at = ?, \
            last_at = coalesce(?, last_at), last_job = coalesce(?, last_job), room = ? WHERE n = ?\
            """;
    private static final String STARTED_BY_HAND =
            "UPDATE schedules SET last_at = ?, last_job = ?, room = ? WHERE n = ?";
    private static final String REMOVE_OLD = "DELETE FROM fires WHERE schedule = ? AND due_at < ? AND NOT open";
    private static final String REMOVE_MORE = """
            DELETE FROM fires WHERE schedule = ? AND NOT open AND due_at <= \
            (SELECT due_at FROM fires WHERE schedule = ? ORDER BY due_at DESC LIMIT 1 OFFSET ?)\
            """;

    private final Session session;
    private final DueFire fire;
    private final long schedule;
    private final FireDecision decision;
    private int room;

    private record Row(long n, int room) {}

    private record Found(UUID id, long job, String place) {}

    private FireWrite(Session session, DueFire fire, Row row, @Nullable Earlier earlier) {
        this.session = session;
        this.fire = fire;
        this.schedule = row.n();
        this.room = row.room();
        this.decision = new FireDecision(fire, earlier);
    }

    /**
     * Reads what a fire depends on that is to add a job; empty when its schedule is not as it was read.
     *
     * @throws ProblemException {@code STORE_UNAVAILABLE} when another server has locked the schedule, which may be as it was a moment later
     */
    public static Optional<FireWrite> begin(Session session, DueFire fire) throws SQLException {
        Optional<Row> row = lock(session, fire);
        if (row.isEmpty()) {
            return Optional.empty();
        }
        Earlier earlier = fire.isByHand()
                ? null
                : earlier(session, fire.earlier(), row.get().n());
        return Optional.of(new FireWrite(session, fire, row.get(), earlier));
    }

    /** Begins a fire that adds no job, as above. */
    public static Optional<FireWrite> beginWithoutJob(Session session, DueFire fire) throws SQLException {
        return lock(session, fire).map(row -> new FireWrite(session, fire, row, null));
    }

    private static Optional<Row> lock(Session session, DueFire fire) throws SQLException {
        if (fire.isByHand()) {
            return session.first(BY_HAND, FireWrite::row, fire.schedule());
        }
        Optional<Row> row = session.first(AS_READ, FireWrite::row, fire.schedule(), fire.revision());
        if (row.isEmpty() && session.number(IS_AS_READ, fire.schedule(), fire.revision()) > 0) {
            throw new ProblemException(
                    ProblemCode.STORE_UNAVAILABLE,
                    "The schedule \"" + fire.schedule() + "\" is fired or changed by another server at this moment.");
        }
        return row;
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(row.getLong(1), row.getInt(2));
    }

    private static @Nullable Earlier earlier(Session session, EarlierJobs rule, long schedule) throws SQLException {
        String query =
                switch (rule) {
                    case YIELD_TO, WAIT_FOR, STOP -> HAS_NOT_ENDED;
                    case RUN_BESIDE -> HAS_NOT_BEGUN;
                };
        while (true) {
            Found found = session.first(
                            query,
                            row -> new Found(row.getObject(1, UUID.class), row.getLong(2), row.getString(3)),
                            schedule)
                    .orElse(null);
            if (found == null) {
                return null;
            }
            if (rule != EarlierJobs.WAIT_FOR || isHeld(session, found)) {
                return new Earlier(found.id(), found.place().equals(RUNS));
            }
        }
    }

    /**
     * Keeps an earlier job where it is until the transaction ends, so that whoever ends it sees the job that waits for it; false when it has
     * moved since it was found.
     */
    private static boolean isHeld(Session session, Found earlier) throws SQLException {
        return session.number(HOLD.formatted(earlier.place()), earlier.job()) > 0;
    }

    /** The earlier job because of which none is added. */
    public Optional<UUID> obstacle() throws SQLException {
        return decision.obstacle(
                waits() && session.number(OPEN, schedule, ScheduleStore.MOST_WAITING + 1) > ScheduleStore.MOST_WAITING);
    }

    /** Whether the job has to wait until earlier ones have ended. */
    public boolean waits() {
        return decision.waits();
    }

    /** The statements that record that the job was added; they come after those of its rows. */
    public List<SqlCall> started(UUID job) throws SQLException {
        return record(job, FireOutcome.STARTED, fire.detail());
    }

    /** The statements that record that no job was added, because of an earlier one, or of one that holds its unique key. */
    public List<SqlCall> yielded(UUID to) throws SQLException {
        return record(null, FireOutcome.SKIPPED_OVERLAP, decision.whyYielded(to));
    }

    /** The statements that record that no job was added, for the reason that the fire says. */
    public List<SqlCall> passed(FireOutcome outcome) throws SQLException {
        return record(null, outcome, fire.detail());
    }

    private List<SqlCall> record(@Nullable UUID job, FireOutcome outcome, String detail) throws SQLException {
        List<SqlCall> calls = new ArrayList<>();
        calls.add(new SqlCall(CLOSE_ENDED, schedule, schedule, schedule));
        calls.add(new SqlCall(REMOVE_OLD, schedule, Micros.of(fire.dueAt().minus(FireDecision.KEPT))));
        DueFire.Skipped skipped = fire.skipped();
        if (skipped != null) {
            calls.add(line(Micros.of(skipped.lastDueAt()), null, FireOutcome.SKIPPED_MISSED, skipped.detail()));
        }
        calls.add(line(freeTime(), job, outcome, detail));
        if (room <= 0) {
            calls.add(new SqlCall(REMOVE_MORE, schedule, schedule, ScheduleStore.MOST_FIRES));
            room = FireDecision.SLACK;
        }
        calls.add(move(job));
        return calls;
    }

    /** The due time, under which the history has no line yet; jobs that are started by hand may come at the same one. */
    private long freeTime() throws SQLException {
        long dueAt = Micros.of(fire.dueAt());
        while (fire.isByHand() && session.number(IS_TAKEN, schedule, dueAt) > 0) {
            dueAt++;
        }
        return dueAt;
    }

    private SqlCall line(long dueAt, @Nullable UUID job, FireOutcome outcome, String detail) {
        room--;
        return new SqlCall(
                ADD,
                schedule,
                dueAt,
                Micros.of(fire.firedAt()),
                job,
                outcome.wireName(),
                TextLimit.REASON.kept(detail),
                job != null);
    }

    private SqlCall move(@Nullable UUID job) {
        Long lastAt = job == null ? null : Micros.of(fire.firedAt());
        DueFire.Next next = fire.next();
        return fire.isByHand()
                ? new SqlCall(STARTED_BY_HAND, lastAt, job, room, schedule)
                : new SqlCall(
                        MOVE,
                        Micros.of(fire.dueAt()),
                        next == null ? null : Micros.of(next.dueAt()),
                        next == null ? null : Micros.of(next.fireAt()),
                        lastAt,
                        job,
                        room,
                        schedule);
    }
}
