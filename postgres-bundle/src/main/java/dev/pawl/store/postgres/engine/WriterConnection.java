package dev.pawl.store.postgres.engine;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection of the writer, which is opened anew once it broke, and then knows what has become of the last commit. Used by the writer's thread alone. */
final class WriterConnection {

    private static final Logger LOG = LoggerFactory.getLogger(WriterConnection.class);

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(20);

    /** Unknown when this server, which has committed before, has no row any more: it was away for so long that they were folded. */
    private static final String IS_COMMITTED =
            "SELECT CASE WHEN EXISTS (SELECT 1 FROM commits WHERE owner = ? AND n = ?) THEN 1 "
                    + "WHEN ? > 0 AND NOT EXISTS (SELECT 1 FROM commits WHERE owner = ?) THEN 2 ELSE 0 END";

    private static final int COMMITTED = 1;
    private static final int UNKNOWN = 2;

    private final Connections connections;
    private final long owner;
    private final Runnable failedOver;
    private final Timeline timeline;
    private @Nullable Session session;

    /**
     * Opens nothing yet.
     *
     * @param owner the number of this process
     * @param failedOver called when a connection leads to another database than the one before, which may lack the last commits
     */
    WriterConnection(Connections connections, long owner, Runnable failedOver) {
        this.connections = connections;
        this.owner = owner;
        this.failedOver = failedOver;
        this.timeline = new Timeline(connections.place());
    }

    Session open() throws SQLException {
        Session open = session;
        if (open == null) {
            open = connections.writer();
            session = open;
            open.limitSilence(LONGEST_SILENCE);
            if (timeline.hasChanged(open)) {
                LOG.warn(
                        "The database {} has failed over: what had not reached the new one is lost. Jobs that run here go on from their "
                                + "last checkpoints there.",
                        connections.place());
                failedOver.run();
            }
        }
        return open;
    }

    /** Ends the transaction, or the connection when it is of no use any more. */
    void rollBack(SQLException fault) {
        Session open = session;
        if (open == null || PostgresErrors.isConnection(fault)) {
            abandon();
            return;
        }
        try {
            open.script("ROLLBACK");
        } catch (SQLException e) {
            abandon();
        }
    }

    /**
     * Whether a group was committed whose connection broke meanwhile. It takes the lock of this owner first: the backend of the broken connection
     * holds it until it has ended one way or the other.
     *
     * @param group the number of the group
     * @param committed the last group that is known to be committed; 0 for none
     * @throws ProblemException when the database does not say any more
     */
    boolean wasCommitted(long group, long committed) throws SQLException {
        int found = open().last(
                        List.of(
                                new SqlCall("BEGIN"),
                                new SqlCall("SELECT pg_advisory_xact_lock(?)", owner),
                                new SqlCall("COMMIT"),
                                new SqlCall(IS_COMMITTED, owner, group, committed, owner)),
                        row -> row.getInt(1));
        if (found == UNKNOWN) {
            throw new ProblemException(
                    ProblemCode.STORE_UNCONFIRMED,
                    "The store " + connections.place()
                            + " was away for so long that it does not say any more whether "
                            + "the change was made; look before you repeat it.");
        }
        return found == COMMITTED;
    }

    void abandon() {
        Session open = session;
        session = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.debug("A connection to the store {} did not close", connections.place(), e);
            }
        }
    }
}
