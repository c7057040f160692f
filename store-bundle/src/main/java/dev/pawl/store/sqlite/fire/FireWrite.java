package dev.pawl.store.sqlite.fire;

import dev.pawl.service.data.TextLimit;
import dev.pawl.service.job.DueFire;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.schedule.FireOutcome;
import dev.pawl.service.store.ScheduleStore;
import dev.pawl.store.kit.FireDecision;
import dev.pawl.store.kit.FireDecision.Earlier;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.sqlite.engine.JobIds;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The writing of one fire, within the transaction of its job. Nothing is changed before it is certain that the schedule is as it was read, and
 * that nothing stands in the way of the job.
 */
public final class FireWrite {

    private static final String SCHEDULE = "SELECT n, fires FROM schedules WHERE name = ? AND (revision = ? OR ?)";
    private static final String EARLIER = """
            SELECT j.id, j.status FROM fires f INDEXED BY fires_open JOIN jobs j ON j.id = f.job \
            WHERE f.schedule = ? AND f.open = 1 AND \
            """;
    private static final String HAS_NOT_ENDED =
            EARLIER + "j.status IN ('pending', 'running') ORDER BY f.due_at LIMIT 1";
    private static final String HAS_NOT_BEGUN =
            EARLIER + "j.status = 'pending' AND j.epoch = 0 ORDER BY f.due_at DESC LIMIT 1";
    private static final String OPEN =
            "SELECT count(*) FROM fires INDEXED BY fires_open WHERE schedule = ? AND open = 1";

    /** Looks at some of the oldest and some of the latest open rows: what is missed there is found by a later fire. */
    private static final String CLOSE_ENDED = """
            UPDATE fires SET open = 0 WHERE schedule = ? AND due_at IN (\
            SELECT due_at FROM (SELECT due_at FROM fires INDEXED BY fires_open WHERE schedule = ? AND open = 1 ORDER BY due_at LIMIT 16) \
            UNION SELECT due_at FROM (SELECT due_at FROM fires INDEXED BY fires_open WHERE schedule = ? AND open = 1 ORDER BY due_at DESC LIMIT 16)) \
            AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.id = fires.job AND j.status IN ('pending', 'running'))\
            """;

    private static final String IS_TAKEN = "SELECT count(*) FROM fires WHERE schedule = ? AND due_at = ?";
    private static final String ADD = """
            INSERT INTO fires (schedule, due_at, fired_at, job, outcome, detail, open) VALUES (?, ?, ?, ?, ?, ?, ?)\
            """;
    private static final String MOVE = """
            UPDATE schedules SET revision = revision + 1, settled_at = ?, next_at = ?, fire_at = ?, \
            last_at = coalesce(?, last_at), last_job = coalesce(?, last_job), fires = ? WHERE n = ?\
            """;
    private static final String STARTED_BY_HAND =
            "UPDATE schedules SET last_at = ?, last_job = ?, fires = ? WHERE n = ?";
    private static final String REMOVE_OLD = "DELETE FROM fires WHERE schedule = ? AND due_at < ? AND open = 0";
    private static final String REMOVE_MORE = """
            DELETE FROM fires WHERE schedule = ? AND due_at IN \
            (SELECT due_at FROM fires WHERE schedule = ? AND open = 0 ORDER BY due_at LIMIT ?)\
            """;

    private final Session session;
    private final DueFire fire;
    private final long schedule;
    private final FireDecision decision;
    private long fires;

    private record Row(long n, long fires) {}

    private FireWrite(Session session, DueFire fire, Row row, FireDecision decision) {
        this.session = session;
        this.fire = fire;
        this.schedule = row.n();
        this.fires = row.fires();
        this.decision = decision;
    }

    /**
     * Reads what a fire depends on.
     *
     * @throws ProblemException {@code SCHEDULE_CHANGED} when the schedule is not as it was read
     */
    public static FireWrite begin(Session session, DueFire fire) throws SQLException {
        Row row = session.first(
                        SCHEDULE,
                        found -> new Row(found.getLong(1), found.getLong(2)),
                        fire.schedule(),
                        fire.revision(),
                        fire.isByHand() ? 1 : 0)
                .orElseThrow(() -> FireDecision.changed(fire));
        Earlier earlier = fire.isByHand() ? null : earlier(session, fire, row.n());
        return new FireWrite(session, fire, row, new FireDecision(fire, earlier));
    }

    private static @Nullable Earlier earlier(Session session, DueFire fire, long schedule) throws SQLException {
        String query =
                switch (fire.earlier()) {
                    case YIELD_TO, WAIT_FOR, STOP -> HAS_NOT_ENDED;
                    case RUN_BESIDE -> HAS_NOT_BEGUN;
                };
        return session.first(
                        query,
                        row -> new Earlier(
                                JobIds.uuid(row.getBytes(1)), row.getString(2).equals(JobStatus.RUNNING.wireName())),
                        schedule)
                .orElse(null);
    }

    /** The earlier job because of which none is added. */
    public Optional<UUID> obstacle() throws SQLException {
        return decision.obstacle(decision.waits() && isCrowded());
    }

    /** Whether the job has to wait until earlier ones have ended. */
    public boolean waits() {
        return decision.waits();
    }

    private boolean isCrowded() throws SQLException {
        return session.number(OPEN, schedule) > ScheduleStore.MOST_WAITING;
    }

    /** Records that the job was added. */
    public void started(UUID job) throws SQLException {
        record(job, FireOutcome.STARTED, fire.detail());
    }

    /** Records that no job was added, because of an earlier one, or of one that holds its unique key. */
    public void yielded(UUID to) throws SQLException {
        record(null, FireOutcome.SKIPPED_OVERLAP, decision.whyYielded(to));
    }

    /** Records that no job was added, for the reason that the fire says. */
    public void passed(FireOutcome outcome) throws SQLException {
        record(null, outcome, fire.detail());
    }

    private void record(@Nullable UUID job, FireOutcome outcome, String detail) throws SQLException {
        if (fires > 0) {
            session.update(CLOSE_ENDED, schedule, schedule, schedule);
            fires -= session.update(REMOVE_OLD, schedule, Micros.of(fire.dueAt().minus(FireDecision.KEPT)));
        }
        DueFire.Skipped skipped = fire.skipped();
        if (skipped != null) {
            add(Micros.of(skipped.lastDueAt()), null, FireOutcome.SKIPPED_MISSED, skipped.detail());
        }
        add(freeTime(), job, outcome, detail);
        removeMore();
        move(job);
    }

    /** The due time, under which the history has no line yet; jobs that are started by hand may come at the same one. */
    private long freeTime() throws SQLException {
        long dueAt = Micros.of(fire.dueAt());
        while (fire.isByHand() && session.number(IS_TAKEN, schedule, dueAt) > 0) {
            dueAt++;
        }
        return dueAt;
    }

    private void add(long dueAt, @Nullable UUID job, FireOutcome outcome, String detail) throws SQLException {
        session.update(
                ADD,
                schedule,
                dueAt,
                Micros.of(fire.firedAt()),
                job == null ? null : JobIds.bytes(job),
                outcome.wireName(),
                TextLimit.REASON.kept(detail),
                job == null ? 0 : 1);
        fires++;
    }

    private void removeMore() throws SQLException {
        if (fires > ScheduleStore.MOST_FIRES + FireDecision.SLACK) {
            fires -= session.update(REMOVE_MORE, schedule, schedule, fires - ScheduleStore.MOST_FIRES);
        }
    }

    private void move(@Nullable UUID job) throws SQLException {
        Long lastAt = job == null ? null : Micros.of(fire.firedAt());
        byte[] lastJob = job == null ? null : JobIds.bytes(job);
        DueFire.Next next = fire.next();
        if (fire.isByHand()) {
            session.update(STARTED_BY_HAND, lastAt, lastJob, fires, schedule);
        } else {
            session.update(
                    MOVE,
                    Micros.of(fire.dueAt()),
                    next == null ? null : Micros.of(next.dueAt()),
                    next == null ? null : Micros.of(next.fireAt()),
                    lastAt,
                    lastJob,
                    fires,
                    schedule);
        }
    }
}
