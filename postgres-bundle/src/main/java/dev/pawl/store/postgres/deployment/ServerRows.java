package dev.pawl.store.postgres.deployment;

import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.store.ServerModule;
import dev.pawl.service.store.ServerModule.State;
import dev.pawl.service.store.SharedDeployments.ServerJob;
import dev.pawl.service.store.StoreServer;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.SqlArray;
import dev.pawl.store.postgres.engine.StoreClock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** The rows by which servers see each other: the turn to change modules, and the modules of each. They count while their server has a lease. */
public final class ServerRows {

    private static final String LIVES =
            "EXISTS (SELECT FROM servers s WHERE s.owner = %s AND s.lease_until > " + StoreClock.MICROS + ")";
    private static final String TAKE_TURN =
            "INSERT INTO module_turn AS known (one, owner, until) VALUES (1, ?, " + StoreClock.MICROS
                    + " + ?) ON CONFLICT (one) DO UPDATE SET owner = excluded.owner, until = excluded.until "
                    + "WHERE known.owner = excluded.owner OR known.until < " + StoreClock.MICROS + " OR NOT "
                    + String.format(LIVES, "known.owner");
    private static final String END_TURN = "DELETE FROM module_turn WHERE owner = ?";
    private static final String REPORT =
            "WITH told AS (SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], "
                    + "?::text[]) AS t(bundle, version, sha256, state, detail)), kept AS (INSERT INTO server_modules AS known "
                    + "SELECT ?, told.* FROM told ON CONFLICT (owner, bundle) DO UPDATE SET version = excluded.version, "
                    + "sha256 = excluded.sha256, state = excluded.state, detail = excluded.detail) "
                    + "DELETE FROM server_modules WHERE (owner = ? AND bundle NOT IN (SELECT bundle FROM told)) OR NOT "
                    + String.format(LIVES, "server_modules.owner");
    private static final String REPORT_ONE =
            "INSERT INTO server_modules AS known (owner, bundle, version, sha256, state, detail) VALUES (?, ?, ?, ?, ?, ?) "
                    + "ON CONFLICT (owner, bundle) DO UPDATE SET version = excluded.version, sha256 = excluded.sha256, "
                    + "state = excluded.state, detail = excluded.detail";
    private static final String RUNNING = "SELECT s.name, j.id FROM runs r JOIN servers s ON s.owner = r.owner "
            + "JOIN jobs j ON j.job = r.job WHERE r.lease_until IS NULL AND string_to_array(r.module_key, ',') && ? "
            + "ORDER BY s.name, j.job";
    private static final String MODULES =
            "SELECT bundle, version, sha256, state, detail FROM server_modules " + "WHERE owner = ? ORDER BY bundle";
    private static final String SERVERS = "SELECT s.owner, s.name, s.release, s.started_at, s.slots, "
            + "(SELECT count(*) FROM runs WHERE runs.owner = s.owner), " + StoreClock.MICROS
            + " - (s.lease_until - ?) FROM servers s WHERE s.lease_until > " + StoreClock.MICROS
            + " ORDER BY s.name, s.started_at, s.owner";

    private ServerRows() {}

    /** Takes the turn unless another living server has it. */
    public static boolean takeTurn(Session session, long owner, Duration within) throws SQLException {
        return session.update(TAKE_TURN, owner, within.toMillis() * 1_000) > 0;
    }

    public static boolean endTurn(Session session, long owner) throws SQLException {
        return session.update(END_TURN, owner) > 0;
    }

    /** Replaces the modules of a server; those of servers without a lease go. */
    public static int report(Session session, long owner, List<ServerModule> modules) throws SQLException {
        return session.update(
                REPORT,
                texts(modules, ServerModule::bundle),
                texts(modules, ServerModule::version),
                texts(modules, ServerModule::sha256),
                texts(modules, module -> module.state().name()),
                texts(modules, ServerModule::detail),
                owner,
                owner);
    }

    /** Tells of one module bundle of a server. */
    public static int report(Session session, long owner, ServerModule module) throws SQLException {
        return session.update(
                REPORT_ONE,
                owner,
                module.bundle(),
                module.version(),
                module.sha256(),
                module.state().name(),
                module.detail());
    }

    /** A bundle whose record this server has just written, which it does once it is as the record says. */
    public static ServerModule running(Deployment deployment) {
        return new ServerModule(
                deployment.bundle(),
                deployment.version(),
                deployment.sha256(),
                deployment.enabled() ? State.SERVING : State.STOPPED,
                "");
    }

    /** The jobs that run on any server with a task of one of the modules. */
    public static List<ServerJob> running(Session session, Collection<String> modules) throws SQLException {
        return session.list(
                RUNNING,
                row -> new ServerJob(Session.presentText(row, 1), row.getObject(2, UUID.class)),
                SqlArray.texts(modules));
    }

    private static SqlArray texts(List<ServerModule> modules, Function<ServerModule, String> part) {
        return SqlArray.texts(modules.stream().map(part).toList());
    }

    /**
     * The servers that have a lease.
     *
     * @param owner the one that asks
     * @param lease the length of a lease
     */
    public static List<StoreServer> servers(Session session, long owner, Duration lease) throws SQLException {
        List<StoreServer> servers = new ArrayList<>();
        for (Found found : session.list(SERVERS, Found::of, lease.toMillis() * 1_000)) {
            servers.add(new StoreServer(
                    found.name(),
                    found.owner() == owner,
                    found.release(),
                    found.startedAt(),
                    found.slots(),
                    found.running(),
                    found.leaseAge(),
                    session.list(MODULES, ServerRows::module, found.owner())));
        }
        return servers;
    }

    private record Found(
            long owner, String name, String release, Instant startedAt, int slots, int running, Duration leaseAge) {

        static Found of(ResultSet row) throws SQLException {
            return new Found(
                    row.getLong(1),
                    Session.presentText(row, 2),
                    Session.presentText(row, 3),
                    Micros.read(row, 4),
                    row.getInt(5),
                    row.getInt(6),
                    Duration.of(Math.max(0, row.getLong(7)), ChronoUnit.MICROS));
        }
    }

    private static ServerModule module(ResultSet row) throws SQLException {
        return new ServerModule(
                Session.presentText(row, 1),
                Session.presentText(row, 2),
                Session.presentText(row, 3),
                State.valueOf(Session.presentText(row, 4)),
                Session.presentText(row, 5));
    }
}
