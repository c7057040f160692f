package dev.pawl.store.postgres.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether a pooler in transaction mode, such as PgBouncer, stands between this server and the database. It passes no options of a
 * connection on, refuses those that it is not told to ignore, and lends a connection of the database for a transaction only: nothing may be left
 * in one, neither settings nor prepared statements.
 */
final class Pooler {

    private static final Logger LOG = LoggerFactory.getLogger(Pooler.class);

    private static final String PASSED_ON =
            "SELECT current_setting('jit') = 'off'"; // as the options of all connections say
    private static final String REFUSED = "unsupported startup parameter";

    private Pooler() {}

    /** Opens a connection with options, to see whether they arrive. */
    static boolean isBefore(PGSimpleDataSource withOptions, String place) throws SQLException {
        String why;
        try (Connection connection = withOptions.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(PASSED_ON)) {
            row.next();
            if (row.getBoolean(1)) {
                return false;
            }
            why = "its connections do not have the options that they were opened with";
        } catch (SQLException e) {
            if (!String.valueOf(e.getMessage()).contains(REFUSED)) {
                throw e;
            }
            why = String.valueOf(e.getMessage());
        }
        LOG.info(
                "The database {} is behind a pooler ({}): each transaction brings its settings, and no statement stays prepared.",
                place,
                why);
        return true;
    }
}
