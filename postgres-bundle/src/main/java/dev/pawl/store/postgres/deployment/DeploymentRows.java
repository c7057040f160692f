package dev.pawl.store.postgres.deployment;

import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.Deployment.Origin;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.ModulesJson;
import dev.pawl.store.postgres.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of deployments. Each artifact occurs once for its bundle: as the current or as a former one. */
public final class DeploymentRows {

    private static final String COLUMNS =
            "bundle, version, sha256, modules, origin, source, enabled, installed_at, installed_by, signer";
    private static final String SELECT = "SELECT " + COLUMNS + " FROM deployments ";
    private static final String ARTIFACT = SELECT + "WHERE bundle = ? AND sha256 = ?";

    /** The deployment before, of a bundle that is rolled out, until the server has its step. */
    private static final String CURRENT = """
            SELECT d.bundle, d.version, d.sha256, d.modules, d.origin, d.source, d.enabled, d.installed_at, d.installed_by, d.signer \
            FROM deployments d LEFT JOIN roll_outs r ON r.bundle = d.bundle \
            LEFT JOIN roll_out_steps st ON st.bundle = r.bundle AND st.owner = ? \
            WHERE CASE WHEN r.bundle IS NULL OR st.bundle IS NOT NULL THEN d.is_current \
            ELSE d.sha256 = r.from_sha256 END ORDER BY d.bundle\
            """;

    private static final String BEYOND = "SELECT " + COLUMNS + " FROM (" + SELECT
            + "WHERE bundle = ? AND NOT is_current ORDER BY n DESC OFFSET ?) former WHERE NOT EXISTS "
            + "(SELECT FROM roll_outs r WHERE r.bundle = former.bundle AND r.from_sha256 = former.sha256)";
    private static final String FORMER = SELECT + "WHERE bundle = ? AND NOT is_current ORDER BY n DESC";
    private static final String CHANGE =
            "INSERT INTO deployment_changes AS known VALUES (1, 1) ON CONFLICT (one) DO UPDATE SET number = known.number + 1";
    private static final String CHANGES = "SELECT number FROM deployment_changes";
    private static final String REPLACE = """
            UPDATE deployments SET version = ?, modules = ?, origin = ?, source = ?, enabled = ?, installed_at = ?, \
            installed_by = ?, signer = ? WHERE bundle = ? AND sha256 = ? AND is_current\
            """;
    private static final String RETIRE = "UPDATE deployments SET is_current = false WHERE bundle = ? AND is_current";
    private static final String DELETE = "DELETE FROM deployments WHERE bundle = ? AND sha256 = ?";
    private static final String INSERT = "INSERT INTO deployments (" + COLUMNS
            + ", is_current, generation) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, true, (SELECT number FROM deployment_changes))";

    private DeploymentRows() {}

    /** The number of changes until now. */
    public static long changes(Session session) throws SQLException {
        return session.number(CHANGES);
    }

    /** The deployments that a server is to have. */
    public static List<Deployment> current(Session session, long owner) throws SQLException {
        return session.list(CURRENT, DeploymentRows::read, owner);
    }

    public static List<Deployment> former(Session session, String bundle) throws SQLException {
        return session.list(FORMER, DeploymentRows::read, bundle);
    }

    /** The deployment of an artifact, current or former; null when there is none. */
    static @Nullable Deployment find(Session session, String bundle, String sha256) throws SQLException {
        return session.first(ARTIFACT, DeploymentRows::read, bundle, sha256).orElse(null);
    }

    /** Counts a change, which the servers look after. */
    static void changed(Session session) throws SQLException {
        session.update(CHANGE);
    }

    public static void put(Session session, Deployment deployment) throws SQLException {
        session.update(CHANGE);
        RollOutRows.replaced(session, deployment.bundle(), deployment.sha256());
        String modules = ModulesJson.write(deployment.modules());
        String origin = deployment.origin().name();
        long installedAt = Micros.of(deployment.installedAt());
        int replaced = session.update(
                REPLACE,
                deployment.version(),
                modules,
                origin,
                deployment.source(),
                deployment.enabled(),
                installedAt,
                deployment.installedBy(),
                deployment.signer(),
                deployment.bundle(),
                deployment.sha256());
        if (replaced > 0) {
            return;
        }
        session.update(RETIRE, deployment.bundle());
        session.update(DELETE, deployment.bundle(), deployment.sha256());
        session.update(
                INSERT,
                deployment.bundle(),
                deployment.version(),
                deployment.sha256(),
                modules,
                origin,
                deployment.source(),
                deployment.enabled(),
                installedAt,
                deployment.installedBy(),
                deployment.signer());
    }

    public static boolean remove(Session session, String bundle) throws SQLException {
        session.update(CHANGE);
        RollOutRows.replaced(session, bundle, null);
        return session.update(RETIRE, bundle) > 0;
    }

    public static List<Deployment> prune(Session session, String bundle, int kept) throws SQLException {
        List<Deployment> forgotten = session.list(BEYOND, DeploymentRows::read, bundle, kept);
        for (Deployment deployment : forgotten) {
            session.update(DELETE, bundle, deployment.sha256());
        }
        return forgotten;
    }

    private static Deployment read(ResultSet row) throws SQLException {
        return new Deployment(
                Session.presentText(row, 1),
                Session.presentText(row, 2),
                Session.presentText(row, 3),
                ModulesJson.read(Session.presentText(row, 4)),
                Origin.valueOf(Session.presentText(row, 5)),
                Session.text(row, 6),
                row.getBoolean(7),
                Micros.read(row, 8),
                Session.presentText(row, 9),
                Session.text(row, 10));
    }
}
