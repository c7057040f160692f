package dev.pawl.store.postgres.deployment;

import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.RollOut;
import dev.pawl.service.deploy.RollOut.State;
import dev.pawl.service.deploy.RollOut.Step;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.SqlArray;
import dev.pawl.store.postgres.engine.StoreClock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of roll-outs and of their steps. Each move says what it expects to find, so that of several servers that make it one does. */
public final class RollOutRows {

    private static final long STALLED_MICROS = Duration.ofMinutes(10).toMillis() * 1_000;
    private static final long LATE_MICROS = Duration.ofMinutes(1).toMillis() * 1_000;

    private static final String LIVE = "SELECT bundle, generation, from_sha256, to_sha256, is_held, started_at, "
            + "started_by, server, losses, NOT is_held AND moved_at + " + STALLED_MICROS + " < " + StoreClock.MICROS
            + " FROM roll_outs ORDER BY bundle";
    private static final String STEPS =
            "SELECT st.server, st.owner, st.state, st.until, NOT EXISTS (SELECT FROM servers s "
                    + "WHERE s.owner = st.owner AND s.lease_until > " + StoreClock.MICROS
                    + "), st.state <> 'SERVING' AND st.until + "
                    + "CASE st.state WHEN 'PROVING' THEN " + LATE_MICROS + " ELSE 0 END < " + StoreClock.MICROS
                    + " FROM roll_out_steps st WHERE st.bundle = ? ORDER BY st.server, st.owner";

    private static final String BEGIN = "INSERT INTO roll_outs (bundle, generation, from_sha256, to_sha256, is_held, "
            + "started_at, started_by, server, moved_at) SELECT ?, 0, (SELECT sha256 FROM deployments WHERE bundle = ? "
            + "AND is_current), ?, ?, " + StoreClock.MICROS
            + ", ?, coalesce((SELECT name FROM servers WHERE owner = ?), ''), "
            + StoreClock.MICROS + " ON CONFLICT (bundle) DO NOTHING";
    private static final String GENERATION =
            "UPDATE roll_outs SET generation = (SELECT number FROM deployment_changes) WHERE bundle = ?";
    private static final String ADD_STEP = "INSERT INTO roll_out_steps (bundle, owner, server, state, until) "
            + "SELECT r.bundle, s.owner, s.name, ?, " + StoreClock.MICROS + " + ? FROM roll_outs r, servers s "
            + "WHERE r.bundle = ? AND s.owner = ? ";
    private static final String TAKE_STEP = ADD_STEP
            + "AND r.generation = ? AND s.lease_until > " + StoreClock.MICROS
            + " AND NOT EXISTS (SELECT FROM roll_out_steps st WHERE st.bundle = r.bundle "
            + "AND (r.is_held OR st.state <> 'SERVING')) ON CONFLICT DO NOTHING";
    private static final String MOVED = "UPDATE roll_outs SET moved_at = " + StoreClock.MICROS + " WHERE bundle = ?";
    private static final String MOVE_STEP = "UPDATE roll_out_steps SET state = ?, until = " + StoreClock.MICROS
            + " + ? WHERE bundle = ? AND owner = ? AND state = ?";
    private static final String SERVES = "UPDATE roll_out_steps SET state = 'SERVING', until = " + StoreClock.MICROS
            + " WHERE bundle = ? AND owner = ? AND state = 'PROVING' AND until <= " + StoreClock.MICROS;
    /** Matches the step of a server that has no lease at this moment, whoever saw it without one before. */
    private static final String SKIP = "DELETE FROM roll_out_steps WHERE bundle = ? AND owner = ? AND state = ? "
            + "AND NOT EXISTS (SELECT FROM servers s WHERE s.owner = roll_out_steps.owner AND s.lease_until > "
            + StoreClock.MICROS + ")";

    private static final String LOST = "UPDATE roll_outs SET losses = losses + 1 WHERE bundle = ? AND is_held "
            + "AND NOT EXISTS (SELECT FROM roll_out_steps st WHERE st.bundle = roll_outs.bundle)";
    private static final String PROMOTE = "UPDATE roll_outs SET is_held = false, moved_at = " + StoreClock.MICROS
            + " WHERE bundle = ? AND generation = ? AND is_held";
    private static final String END = "DELETE FROM roll_outs WHERE bundle = ? AND generation = ?";
    /** While its steps are as they were seen. */
    private static final String GO_BACK =
            END + " AND ARRAY (SELECT (st.owner || st.state) COLLATE \"C\" FROM roll_out_steps st "
                    + "WHERE st.bundle = roll_outs.bundle ORDER BY 1) = ?::text[]";

    private static final String FINISH = END + " AND NOT is_held AND NOT EXISTS (SELECT FROM servers s "
            + "WHERE s.lease_until > " + StoreClock.MICROS + " AND NOT EXISTS (SELECT FROM roll_out_steps st "
            + "WHERE st.bundle = roll_outs.bundle AND st.owner = s.owner AND st.state = 'SERVING'))";
    private static final String REPLACED = "DELETE FROM roll_outs WHERE bundle = ? AND to_sha256 IS DISTINCT FROM ?";
    private static final String FORGET_STEPS =
            "DELETE FROM roll_out_steps WHERE bundle NOT IN (SELECT bundle FROM roll_outs)";
    private static final String LEAVE = "DELETE FROM roll_out_steps WHERE owner = ?";

    private RollOutRows() {}

    /** The roll-outs, as the owner sees them. */
    public static List<RollOut> live(Session session, long owner) throws SQLException {
        List<RollOut> live = new ArrayList<>();
        for (Found found : session.list(LIVE, Found::of)) {
            Deployment to = DeploymentRows.find(session, found.bundle(), found.to());
            String before = found.from();
            if (to != null) { // otherwise it has ended between the reads
                live.add(new RollOut(
                        found.bundle(),
                        found.generation(),
                        before == null ? null : DeploymentRows.find(session, found.bundle(), before),
                        to,
                        found.isHeld(),
                        found.startedAt(),
                        found.startedBy(),
                        found.server(),
                        found.losses(),
                        found.isStalled(),
                        session.list(STEPS, row -> step(row, owner), found.bundle())));
            }
        }
        return live;
    }

    private record Found(
            String bundle,
            long generation,
            @Nullable String from,
            String to,
            boolean isHeld,
            Instant startedAt,
            String startedBy,
            String server,
            int losses,
            boolean isStalled) {

        static Found of(ResultSet row) throws SQLException {
            return new Found(
                    Session.presentText(row, 1),
                    row.getLong(2),
                    Session.text(row, 3),
                    Session.presentText(row, 4),
                    row.getBoolean(5),
                    Micros.read(row, 6),
                    Session.presentText(row, 7),
                    Session.presentText(row, 8),
                    row.getInt(9),
                    row.getBoolean(10));
        }
    }

    private static Step step(ResultSet row, long owner) throws SQLException {
        return new Step(
                Session.presentText(row, 1),
                row.getLong(2),
                row.getLong(2) == owner,
                State.valueOf(Session.presentText(row, 3)),
                Micros.read(row, 4),
                row.getBoolean(5),
                row.getBoolean(6));
    }

    /** Begins a roll-out from what is current; false when there is one. The deployment is put next, and then {@link #begun}. */
    public static boolean begin(Session session, long owner, Deployment to, boolean isHeld) throws SQLException {
        return session.update(BEGIN, to.bundle(), to.bundle(), to.sha256(), isHeld, to.installedBy(), owner) > 0;
    }

    /** Adds the first step of a roll-out, of a server that runs the version. */
    public static void begun(Session session, long owner, String bundle, Duration proving) throws SQLException {
        session.update(GENERATION, bundle);
        session.update(ADD_STEP, State.PROVING.name(), micros(proving), bundle, owner);
    }

    public static boolean takeStep(Session session, long owner, RollOut rollOut, Duration within) throws SQLException {
        boolean taken = session.update(
                        TAKE_STEP, State.DRAINING.name(), micros(within), rollOut.bundle(), owner, rollOut.generation())
                > 0;
        return taken && moved(session, rollOut.bundle());
    }

    private static boolean moved(Session session, String bundle) throws SQLException {
        boolean isThere = session.update(MOVED, bundle) > 0;
        DeploymentRows.changed(session);
        return isThere;
    }

    public static boolean moveStep(Session session, long owner, String bundle, State from, State to, Duration within)
            throws SQLException {
        return session.update(MOVE_STEP, to.name(), micros(within), bundle, owner, from.name()) > 0;
    }

    public static boolean serves(Session session, long owner, String bundle) throws SQLException {
        return session.update(SERVES, bundle, owner) > 0 && session.update(MOVED, bundle) > 0;
    }

    public static boolean skip(Session session, RollOut rollOut, Step step) throws SQLException {
        if (session.update(SKIP, rollOut.bundle(), step.owner(), step.state().name()) == 0) {
            return false;
        }
        if (step.state() == State.SERVING) {
            session.update(LOST, rollOut.bundle());
        }
        return moved(session, rollOut.bundle());
    }

    public static boolean promote(Session session, RollOut rollOut) throws SQLException {
        return session.update(PROMOTE, rollOut.bundle(), rollOut.generation()) > 0;
    }

    /**
     * Ends a roll-out whose steps are as they were seen: who comes late may have judged what is otherwise by now. The deployment that counts from
     * now on is put next.
     */
    public static boolean end(Session session, RollOut rollOut) throws SQLException {
        List<String> seen = rollOut.steps().stream()
                .map(step -> step.owner() + step.state().name())
                .sorted()
                .toList();
        return session.update(GO_BACK, rollOut.bundle(), rollOut.generation(), SqlArray.texts(seen)) > 0
                && forgetSteps(session);
    }

    public static boolean finish(Session session, RollOut rollOut) throws SQLException {
        if (session.update(FINISH, rollOut.bundle(), rollOut.generation()) == 0) {
            return false;
        }
        DeploymentRows.changed(session);
        return forgetSteps(session);
    }

    /** Ends the roll-out of another artifact of a bundle than one, or of any. */
    static void replaced(Session session, String bundle, @Nullable String sha256) throws SQLException {
        if (session.update(REPLACED, bundle, sha256) > 0) {
            forgetSteps(session);
        }
    }

    /** Forgets the steps of a server that stops. */
    public static int leave(Session session, long owner) throws SQLException {
        return session.update(LEAVE, owner);
    }

    private static boolean forgetSteps(Session session) throws SQLException {
        session.update(FORGET_STEPS);
        return true;
    }

    private static long micros(Duration time) {
        return time.toMillis() * 1_000;
    }
}
