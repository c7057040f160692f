package dev.pawl.store.postgres.job;

import dev.pawl.store.postgres.engine.PostgresErrors;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.SqlCall;
import dev.pawl.store.postgres.engine.StoreClock;
import dev.pawl.store.postgres.news.FirstWaiting;
import dev.pawl.store.postgres.news.News;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then at the beginnings of all lanes, at the first job that is due, and at the runs of modules with a limit, for those of which another
 * server had nobody to tell: it wrote them in a transaction during which this server joined, or did not know of the limit. Beside claims, since it
 * passes over all that somebody's open transaction keeps; it gives up after a second. For use by one thread.
 */
public final class LaneCheck {

    private static final Logger LOG = LoggerFactory.getLogger(LaneCheck.class);

    private static final long EVERY_NS = TimeUnit.SECONDS.toNanos(10);
    private static final SqlCall LONGER_LIMIT = new SqlCall("SET LOCAL statement_timeout = 600");
    private static final SqlCall LIMIT = new SqlCall("SET LOCAL statement_timeout = 200");
    private static final String FIRST_DUE =
            "SELECT due_at FROM later WHERE due_at <= " + StoreClock.MICROS + " ORDER BY due_at LIMIT 1";

    private final News news;
    private final Limits limits;
    private long lookedNs = System.nanoTime();

    /** A check that tells what it finds. */
    public LaneCheck(News news, Limits limits) {
        this.news = news;
        this.limits = limits;
    }

    /** Looks, when it is time. */
    public void look(Session session) throws SQLException {
        if (System.nanoTime() - lookedNs < EVERY_NS) {
            return;
        }
        lookedNs = System.nanoTime();
        List<FirstWaiting> first = new ArrayList<>();
        read(
                session,
                LONGER_LIMIT,
                ClaimLook.fromBeginning(Map.of(), 1)
                        .each(row -> first.add(new FirstWaiting(
                                Session.presentText(row, 1), row.getLong(3), row.getLong(4), row.getLong(5)))));
        first.forEach(news::waits);
        read(session, LIMIT, new SqlCall(FIRST_DUE).each(row -> news.waits(row.getLong(1))));
        if (limits.isAny()) {
            read(
                    session,
                    LIMIT,
                    limits.runs()
                            .each(row -> limits.mayRun(new Limits.Run(row.getLong(1), Session.presentText(row, 2)))));
        }
    }

    private static void read(Session session, SqlCall limit, SqlCall query) throws SQLException {
        try {
            session.all(List.of(new SqlCall("BEGIN"), limit, query, new SqlCall("COMMIT")));
        } catch (SQLException e) {
            if (!PostgresErrors.isCancelled(e)) {
                throw e;
            }
            session.script("ROLLBACK");
            LOG.debug("What another server may not have told was not looked at: too much of what is over is kept", e);
        }
    }
}
