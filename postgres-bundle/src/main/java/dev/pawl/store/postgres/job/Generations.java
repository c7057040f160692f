package dev.pawl.store.postgres.job;

import dev.pawl.service.deploy.Deployment.ModuleIdentity;
import dev.pawl.store.kit.ModuleKey;
import dev.pawl.store.kit.ModulesJson;
import dev.pawl.store.postgres.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The generations of the deployments that this server runs, against those that are wanted of it, by the rows of both. Each transaction learns
 * the number of changes of deployments with its begin; only when that is another one, or this server runs something else, are the rows read.
 * Used by the writer's thread alone, but for {@link #reported}.
 */
public final class Generations {

    /** The number of changes of deployments until now. */
    static final String CHANGES = "coalesce((SELECT number FROM deployment_changes), 0)";

    private static final long NONE = -1; // no job may begin

    /** Of each current deployment: what it is, what this server runs, and what it is to run while the deployment is rolled out. */
    private static final String READ = "SELECT " + CHANGES
            + ", c.modules, mine.modules, c.generation, mine.generation, s.sha256, c.sha256, "
            + "CASE WHEN r.bundle IS NULL OR st.bundle IS NOT NULL THEN c.sha256 ELSE r.from_sha256 END "
            + "FROM deployments c LEFT JOIN server_modules s ON s.owner = ? AND s.bundle = c.bundle "
            + "LEFT JOIN deployments mine ON mine.bundle = c.bundle AND mine.sha256 = s.sha256 "
            + "LEFT JOIN roll_outs r ON r.bundle = c.bundle "
            + "LEFT JOIN roll_out_steps st ON st.bundle = r.bundle AND st.owner = ? WHERE c.is_current AND c.enabled";

    private final long owner;
    private final Map<String, Standing> standings = new HashMap<>(); // by module
    private long changes; // as of this transaction
    private long known = -1; // the number of changes when the rows were read
    private volatile boolean isReported;

    Generations(long owner) {
        this.owner = owner;
    }

    /**
     * A module on this server.
     *
     * @param own the generation of the deployment that runs here; 0 when it is no longer known
     * @param most the highest generation of jobs that may go on here; {@link #NONE} when not even new ones may begin
     */
    private record Standing(long own, long most) {}

    /** Takes the number of changes that a transaction has found; returns whether it is another one than before. */
    boolean begun(long number) {
        boolean isOther = number != changes;
        changes = number;
        return isOther || isReported;
    }

    /** Notes that the rows of what this server runs were written. Safe for many threads. */
    public void reported() {
        isReported = true;
    }

    /** Reads the rows, if they may be others than before; returns whether something else follows from them. */
    boolean know(Session session) throws SQLException {
        if (known == changes && !isReported) {
            return false;
        }
        isReported = false;
        Map<String, Standing> before = Map.copyOf(standings);
        standings.clear();
        known = changes;
        if (changes > 0) {
            session.list(READ, this::read, owner, owner);
        }
        return !standings.equals(before);
    }

    private boolean read(ResultSet row) throws SQLException {
        long number = row.getLong(1);
        Set<String> modules = new HashSet<>();
        for (String json :
                List.of(Session.presentText(row, 2), Objects.requireNonNullElse(Session.text(row, 3), "[]"))) {
            ModulesJson.read(json).stream().map(ModuleIdentity::id).forEach(modules::add);
        }
        long own = row.getLong(5); // 0 for null
        String runs = row.getString(6);
        boolean isWanted = runs != null && runs.equals(row.getString(8));
        boolean isNewest = runs != null && runs.equals(row.getString(7));
        Standing standing = new Standing(own, !isWanted ? NONE : isNewest ? Math.min(number, changes) : own);
        modules.forEach(module -> standings.put(module, standing));
        return true;
    }

    /** Whether jobs of a module key may begin here: the version of each of its modules is the one that is wanted. */
    boolean begins(String moduleKey) {
        return most(moduleKey) >= 0;
    }

    /** The highest generation of jobs of a module key that may go on here; negative when none may begin. */
    long most(String moduleKey) {
        long most = changes;
        if (!standings.isEmpty()) {
            for (String module : ModuleKey.modules(moduleKey)) {
                Standing standing = standings.get(module);
                most = standing == null ? most : Math.min(most, standing.most());
            }
        }
        return most;
    }

    /** The modules of which another server may run a newer version, each with the highest generation of jobs that may go on here. */
    Map<String, Long> behind() {
        Map<String, Long> behind = new LinkedHashMap<>();
        standings.forEach((module, standing) -> {
            if (standing.most() < Math.min(known, changes)) {
                behind.put(module, standing.most());
            }
        });
        return behind;
    }

    /** The generation of a run of a module key that begins here; 0 when no deployment brought its modules. */
    long own(String moduleKey) {
        long own = 0;
        if (!standings.isEmpty()) {
            for (String module : ModuleKey.modules(moduleKey)) {
                Standing standing = standings.get(module);
                own = standing == null ? own : Math.max(own, standing.own());
            }
        }
        return own;
    }

    void forget() {
        known = -1;
    }
}
