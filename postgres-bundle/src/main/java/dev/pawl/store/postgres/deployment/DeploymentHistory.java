package dev.pawl.store.postgres.deployment;

import dev.pawl.service.deploy.HistoryEntry;
import dev.pawl.service.deploy.HistoryEntry.Action;
import dev.pawl.service.deploy.HistoryEntry.Outcome;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.postgres.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The history of module bundles, line by line. */
public final class DeploymentHistory {

    private static final int KEPT_LINES = 1_000;
    private static final String COLUMNS =
            "bundle, modules, happened_at, happened_by, action, from_version, to_version, sha256, outcome, detail";
    private static final String INSERT =
            "INSERT INTO deployment_history (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String PRUNE = """
            DELETE FROM deployment_history WHERE bundle = ? AND n <= \
            (SELECT n FROM deployment_history WHERE bundle = ? ORDER BY n DESC LIMIT 1 OFFSET ?)\
            """;
    private static final String OF_MODULE = "SELECT " + COLUMNS + " FROM deployment_history WHERE bundle IN "
            + "(SELECT bundle FROM deployment_history WHERE strpos(modules, ?) > 0) ORDER BY n DESC LIMIT ?";

    private DeploymentHistory() {}

    public static void add(Session session, HistoryEntry line) throws SQLException {
        session.update(
                INSERT,
                line.bundle(),
                " " + String.join(" ", line.modules()) + " ",
                Micros.of(line.at()),
                line.by(),
                line.action().name(),
                line.from(),
                line.to(),
                line.sha256(),
                line.outcome().name(),
                line.detail());
        session.update(PRUNE, line.bundle(), line.bundle(), KEPT_LINES);
    }

    public static List<HistoryEntry> ofModule(Session session, String module, int limit) throws SQLException {
        return session.list(OF_MODULE, DeploymentHistory::read, " " + module + " ", limit);
    }

    private static HistoryEntry read(ResultSet row) throws SQLException {
        return new HistoryEntry(
                Micros.read(row, 3),
                Session.presentText(row, 4),
                Session.presentText(row, 1),
                List.of(Session.presentText(row, 2).strip().split(" ")),
                Action.valueOf(Session.presentText(row, 5)),
                Session.text(row, 6),
                Session.text(row, 7),
                Session.presentText(row, 8),
                Outcome.valueOf(Session.presentText(row, 9)),
                Session.presentText(row, 10));
    }
}
