package dev.pawl.store.postgres.deployment;

import dev.pawl.service.store.ServerModule;
import dev.pawl.service.store.ServerModule.State;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.SqlArray;
import dev.pawl.store.postgres.engine.StoreClock;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/** The rows by which servers see each other: the turn to change modules, and the modules of each. They count while their server has a lease. */
public final class ServerRows {

    private static final String LIVES =
            "EXISTS (SELECT FROM servers s WHERE s.owner = %s AND s.lease_until > " + StoreClock.MICROS + ")";
    private static final String TAKE_TURN =
            "INSERT INTO module_turn AS known VALUES (1, ?) ON CONFLICT (one) DO UPDATE "
                    + "SET owner = excluded.owner WHERE known.owner = excluded.owner OR NOT "
                    + String.format(LIVES, "known.owner");
    private static final String END_TURN = "DELETE FROM module_turn WHERE owner = ?";
    private static final String REPORT =
            "WITH told AS (SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], "
                    + "?::text[]) AS t(bundle, version, sha256, state, detail)), kept AS (INSERT INTO server_modules AS known "
                    + "SELECT ?, told.* FROM told ON CONFLICT (owner, bundle) DO UPDATE SET version = excluded.version, "
                    + "sha256 = excluded.sha256, state = excluded.state, detail = excluded.detail) "
                    + "DELETE FROM server_modules WHERE (owner = ? AND bundle NOT IN (SELECT bundle FROM told)) OR NOT "
                    + String.format(LIVES, "server_modules.owner");
    private static final String MODULES = "SELECT s.name, m.bundle, m.version, m.sha256, m.state, m.detail "
            + "FROM server_modules m JOIN servers s ON s.owner = m.owner WHERE s.lease_until > " + StoreClock.MICROS
            + " ORDER BY s.name, s.owner, m.bundle";

    private ServerRows() {}

    /** Takes the turn unless another living server has it. */
    public static boolean takeTurn(Session session, long owner) throws SQLException {
        return session.update(TAKE_TURN, owner) > 0;
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

    private static SqlArray texts(List<ServerModule> modules, Function<ServerModule, String> part) {
        return SqlArray.texts(modules.stream().map(part).toList());
    }

    public static List<ServerModule.Located> modules(Session session) throws SQLException {
        return session.list(
                MODULES,
                row -> new ServerModule.Located(
                        Session.presentText(row, 1),
                        new ServerModule(
                                Session.presentText(row, 2),
                                Session.presentText(row, 3),
                                Session.presentText(row, 4),
                                State.valueOf(Session.presentText(row, 5)),
                                Session.presentText(row, 6))));
    }
}
