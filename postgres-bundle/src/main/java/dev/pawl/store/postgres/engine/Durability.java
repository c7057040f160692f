package dev.pawl.store.postgres.engine;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.sql.SQLException;
import java.util.List;

/** The settings of a database on which the promise rests that what is acknowledged is on disk. */
public final class Durability {

    private static final String OFF =
            "SELECT name FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') "
                    + "AND setting = 'off' ORDER BY name";

    private Durability() {}

    /** Refuses a database that would lose what it has confirmed. */
    public static void require(String place, Session session) throws SQLException {
        List<String> off = session.list(OFF, row -> row.getString(1));
        if (!off.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.STORE_UNAVAILABLE,
                    "The database " + place + " has " + String.join(" = off, ", off)
                            + " = off, so that a power cut would take back what it has confirmed. Set it to on.");
        }
    }
}
