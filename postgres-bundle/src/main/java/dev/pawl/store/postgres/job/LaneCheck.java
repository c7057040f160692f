package dev.pawl.store.postgres.job;

import dev.pawl.store.postgres.engine.PostgresErrors;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.SqlCall;
import dev.pawl.store.postgres.news.FirstWaiting;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then at the beginnings of all lanes, for jobs of which another server had nobody to tell: one that this server joined while its
 * transaction was under way. Beside claims, since it passes over all that somebody's open transaction keeps; it gives up after a second. For use
 * by one thread.
 */
public final class LaneCheck {

    private static final Logger LOG = LoggerFactory.getLogger(LaneCheck.class);

    private static final long EVERY_NS = TimeUnit.SECONDS.toNanos(10);
    private static final SqlCall LIMIT = new SqlCall("SET LOCAL statement_timeout = 1000");

    private long lookedNs = System.nanoTime();

    /** Looks, when it is time, and hands over the first waiting job of each lane. */
    public void look(Session session, Consumer<FirstWaiting> found) throws SQLException {
        if (System.nanoTime() - lookedNs < EVERY_NS) {
            return;
        }
        lookedNs = System.nanoTime();
        List<FirstWaiting> first = new ArrayList<>();
        try {
            session.all(List.of(
                    new SqlCall("BEGIN"),
                    LIMIT,
                    ClaimLook.fromBeginning(Map.of(), 1)
                            .each(row -> first.add(new FirstWaiting(
                                    Session.presentText(row, 1), row.getLong(3), row.getLong(4), row.getLong(5)))),
                    new SqlCall("COMMIT")));
        } catch (SQLException e) {
            if (!PostgresErrors.isCancelled(e)) {
                throw e;
            }
            session.script("ROLLBACK");
            LOG.debug("The beginnings of lanes were not looked at, since too much of what was claimed is kept", e);
        }
        first.forEach(found);
    }
}
