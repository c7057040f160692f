package dev.pawl.store.postgres.engine;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The mark of a database into which another store moves. It is committed before anything else is, and goes with all that has arrived: servers
 * refuse the database until then, and a migration that was interrupted has left nothing but the mark.
 */
public final class Filling {

    private static final String SOURCE = "SELECT source FROM migration WHERE one = 1";
    private static final String BEGIN =
            "INSERT INTO migration (one, source, begun_at) VALUES (1, ?, " + StoreClock.MICROS
                    + ") ON CONFLICT (one) DO UPDATE SET source = excluded.source, begun_at = excluded.begun_at";
    private static final String END = "DELETE FROM migration";

    private Filling() {}

    /** Refuses a database that is being filled. */
    public static void refuse(String place, Session session) throws SQLException {
        Optional<String> source = session.first(SOURCE, row -> Session.presentText(row, 1));
        if (source.isPresent()) {
            throw new ProblemException(
                    ProblemCode.STORE_UNAVAILABLE,
                    "The store " + place + " is being filled from " + source.get()
                            + ", or that was interrupted and nothing of it is there. Run `pawl migrate` again and let it end, "
                            + "or give another database.");
        }
    }

    /** Sets the mark. */
    public static void begin(Session session, String source) throws SQLException {
        session.update(BEGIN, source);
    }

    /** Takes the mark away. */
    public static void end(Session session) throws SQLException {
        session.update(END);
    }
}
