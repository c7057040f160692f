package dev.pawl.store.postgres.deployment;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.store.postgres.engine.Session;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The turn of this server to change modules. While it believes to have it, each of its changes of deployments holds the row of the turn until it
 * is committed, and is refused when another server has had the turn since. Safe for many threads.
 */
public final class OwnTurn {

    /** Takes a lock for which those wait who take the turn, or end it. */
    private static final String HOLD = "SELECT one FROM module_turn WHERE owner = ? FOR SHARE";

    private final long owner;
    private volatile boolean isTaken;

    /** @param owner the number of this process */
    public OwnTurn(long owner) {
        this.owner = owner;
    }

    /** Takes the turn unless another living server has it. */
    public boolean take(Session session, Duration within) throws SQLException {
        boolean took = ServerRows.takeTurn(session, owner, within);
        isTaken = took || isTaken;
        return took;
    }

    /** Ends the turn, whoever has it by now. */
    public void end(Session session) throws SQLException {
        isTaken = false;
        ServerRows.endTurn(session, owner);
    }

    /**
     * Keeps others from taking the turn before the transaction under way has ended. What is changed without a turn, as roll-outs are, needs none.
     *
     * @throws ProblemException when another one has had it since this server took it
     */
    public void hold(Session session) throws SQLException {
        if (isTaken && session.first(HOLD, row -> row.getInt(1), owner).isEmpty()) {
            throw new ProblemException(
                    ProblemCode.MODULES_BUSY,
                    "This change of modules took so long that another server had its turn meanwhile; it is not recorded.");
        }
    }
}
