package dev.pawl.store.postgres.upkeep;

import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.StoreClock;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Folds what servers without a lease have left: the rows of their transactions become one, but for the last, by which a server that comes back
 * after a broken COMMIT learns what became of it; a day later all of them are added to the row of owner 0. The sums of the rows stay what they are
 * at every moment, also when two servers do it at once.
 */
public final class GoneServers {

    /** The time for which the last transaction of a server without a lease can be asked for. */
    static final Duration KEPT = Duration.ofDays(1);

    private static final String NUMBERS = "pending, running, completed, failed, stopped";
    private static final String OF_ENTRY = "e.pending, e.running, e.completed, e.failed, e.stopped";
    private static final String SUMS = "coalesce(sum(pending), 0), coalesce(sum(running), 0), "
            + "coalesce(sum(completed), 0), coalesce(sum(failed), 0), coalesce(sum(stopped), 0)";
    private static final String ADDED = "ON CONFLICT (owner, n) DO UPDATE SET pending = c.pending + excluded.pending, "
            + "running = c.running + excluded.running, completed = c.completed + excluded.completed, "
            + "failed = c.failed + excluded.failed, stopped = c.stopped + excluded.stopped";
    private static final String HAS_LEASE =
            "EXISTS (SELECT 1 FROM servers s WHERE s.owner = %s.owner AND s.lease_until > " + StoreClock.MICROS + ")";

    /** Of servers whose last transaction is another than when their rows were folded last. */
    private static final String FOLD_EARLIER =
            "WITH gone AS MATERIALIZED (SELECT g.owner, g.last FROM (SELECT owner, max(n) AS last FROM commits "
                    + "WHERE owner <> 0 GROUP BY owner) g LEFT JOIN commits z ON z.owner = g.owner AND z.n = 0 "
                    + "WHERE z.gone_n IS DISTINCT FROM g.last AND NOT " + String.format(HAS_LEASE, "g")
                    + " ORDER BY g.owner LIMIT 100), moved AS (DELETE FROM commits e USING gone "
                    + "WHERE e.owner = gone.owner AND e.n > 0 AND e.n < gone.last RETURNING e.owner, " + OF_ENTRY
                    + ") INSERT INTO commits AS c (owner, n, " + NUMBERS + ", gone_at, gone_n) SELECT gone.owner, 0, "
                    + SUMS + ", "
                    + StoreClock.MICROS + ", gone.last FROM gone LEFT JOIN moved ON moved.owner = gone.owner "
                    + "GROUP BY gone.owner, gone.last ORDER BY gone.owner " + ADDED
                    + ", gone_at = excluded.gone_at, gone_n = excluded.gone_n";

    private static final String FOLD_ALL =
            "WITH gone AS MATERIALIZED (SELECT z.owner FROM commits z WHERE z.n = 0 AND z.owner <> 0 AND z.gone_at < "
                    + StoreClock.MICROS
                    + " - ? AND z.gone_n = (SELECT max(l.n) FROM commits l WHERE l.owner = z.owner) AND NOT "
                    + String.format(HAS_LEASE, "z")
                    + " ORDER BY z.owner LIMIT 100), moved AS (DELETE FROM commits e USING gone "
                    + "WHERE e.owner = gone.owner RETURNING " + OF_ENTRY + ") INSERT INTO commits AS c (owner, n, "
                    + NUMBERS + ") SELECT 0, 0, " + SUMS
                    + " FROM moved HAVING count(*) > 0 " + ADDED;

    /** A server that comes back takes a row again; one of which runs tell is still to be taken over from. */
    private static final String FORGET = "DELETE FROM servers WHERE lease_until < " + StoreClock.MICROS
            + " - ? AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.owner = servers.owner)";

    private GoneServers() {}

    /** Folds the rows of some of them. */
    public static void fold(Session session) throws SQLException {
        long kept = KEPT.toMillis() * 1_000;
        session.update(FOLD_EARLIER);
        session.update(FOLD_ALL, kept);
        session.update(FORGET, kept);
    }
}
