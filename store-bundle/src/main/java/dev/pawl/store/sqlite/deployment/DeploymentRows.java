package dev.pawl.store.sqlite.deployment;

import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.Deployment.Origin;
import dev.pawl.store.kit.Micros;
import dev.pawl.store.kit.ModulesJson;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The rows of deployments. Each artifact occurs once for its bundle: as the current or as a former one. */
public final class DeploymentRows {

    private static final String COLUMNS =
            "bundle, version, sha256, modules, origin, source, enabled, installed_at, installed_by, signer";
    private static final String SELECT = "SELECT " + COLUMNS + ", n FROM deployments ";
    private static final String CURRENT = SELECT + "WHERE is_current = 1 ORDER BY bundle";
    private static final String FORMER = SELECT + "WHERE bundle = ? AND is_current = 0 ORDER BY n DESC";
    private static final String IS_CURRENT =
            "SELECT count(*) FROM deployments WHERE bundle = ? AND sha256 = ? AND is_current = 1";
    private static final String RETIRE = "UPDATE deployments SET is_current = 0 WHERE bundle = ? AND is_current = 1";
    private static final String DELETE = "DELETE FROM deployments WHERE bundle = ? AND sha256 = ?";
    private static final String INSERT =
            "INSERT INTO deployments (" + COLUMNS + ", is_current) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)";
    private static final String REPLACE = """
            UPDATE deployments SET version = ?, modules = ?, origin = ?, source = ?, enabled = ?, installed_at = ?, \
            installed_by = ?, signer = ? WHERE bundle = ? AND sha256 = ?\
            """;

    private DeploymentRows() {}

    public static List<Deployment> current(Session session) throws SQLException {
        return session.list(CURRENT, DeploymentRows::read);
    }

    public static List<Deployment> former(Session session, String bundle) throws SQLException {
        return session.list(FORMER, DeploymentRows::read, bundle);
    }

    public static void put(Session session, Deployment deployment) throws SQLException {
        String modules = ModulesJson.write(deployment.modules());
        String origin = deployment.origin().name();
        int enabled = deployment.enabled() ? 1 : 0;
        long installedAt = Micros.of(deployment.installedAt());
        if (session.number(IS_CURRENT, deployment.bundle(), deployment.sha256()) > 0) {
            session.update(
                    REPLACE,
                    deployment.version(),
                    modules,
                    origin,
                    deployment.source(),
                    enabled,
                    installedAt,
                    deployment.installedBy(),
                    deployment.signer(),
                    deployment.bundle(),
                    deployment.sha256());
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
                enabled,
                installedAt,
                deployment.installedBy(),
                deployment.signer());
    }

    public static boolean remove(Session session, String bundle) throws SQLException {
        return session.update(RETIRE, bundle) > 0;
    }

    public static List<Deployment> prune(Session session, String bundle, int kept) throws SQLException {
        List<Deployment> former = former(session, bundle);
        List<Deployment> forgotten = List.copyOf(former.subList(Math.min(kept, former.size()), former.size()));
        for (Deployment deployment : forgotten) {
            session.update(DELETE, bundle, deployment.sha256());
        }
        return forgotten;
    }

    private static Deployment read(ResultSet row) throws SQLException {
        return new Deployment(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                ModulesJson.read(row.getString(4)),
                Origin.valueOf(row.getString(5)),
                row.getString(6),
                row.getBoolean(7),
                Micros.read(row, 8),
                row.getString(9),
                row.getString(10));
    }
}
