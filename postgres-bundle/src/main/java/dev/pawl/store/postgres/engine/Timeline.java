package dev.pawl.store.postgres.engine;

import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The timeline of a database, which is another one after a standby was promoted. That one may lack what was last acknowledged, so nothing that
 * this process remembers of rows holds on it. Used by one thread.
 */
final class Timeline {

    private static final Logger LOG = LoggerFactory.getLogger(Timeline.class);

    /** As the names of its log files begin; the control file tells of a promotion only after the next checkpoint. */
    private static final String READ = "SELECT substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)";

    private final String place;
    private String known = "";

    Timeline(String place) {
        this.place = place;
    }

    /** Reads it with a new connection; returns whether it is another one than that of the connection before. */
    boolean hasChanged(Session opened) throws SQLException {
        String now;
        try {
            now = opened.first(READ, row -> row.getString(1)).orElse("");
        } catch (SQLException e) {
            if (PostgresErrors.isConnection(e)) {
                throw e;
            }
            LOG.debug("{} tells no timeline", place, e); // what speaks the protocol alone may have none
            return false;
        }
        String before = known;
        known = now;
        return !before.isEmpty() && !before.equals(now);
    }
}
