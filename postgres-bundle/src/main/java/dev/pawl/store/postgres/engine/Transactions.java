package dev.pawl.store.postgres.engine;

import java.sql.SQLException;
import java.util.Collection;
import java.util.UUID;

/** Makes the transactions of the writer, on its thread: what it keeps in memory agrees with the rows at each moment. */
public interface Transactions {

    /**
     * Begins a transaction, and reads what its changes need.
     *
     * @param jobs the jobs that its changes name
     * @param added the jobs that its changes add at most
     * @param ended those of the first whose runs its changes end at most
     */
    void begun(Session session, Collection<UUID> jobs, Collection<UUID> added, Collection<UUID> ended)
            throws SQLException;

    /** A number that grows with each change that the transaction makes. One that is refused after it has grown was refused half-way. */
    long made();

    /**
     * Writes and commits the transaction.
     *
     * @param group its number among those of this process, of which it leaves a proof
     * @param isFollowed whether another one follows at once
     */
    void ending(long group, boolean isFollowed) throws SQLException;

    /** The transaction is on disk. */
    Told committed();

    /**
     * The news of a transaction that is on disk.
     *
     * @param call tells it, before the futures complete; throws nothing
     * @param mayWait whether that may wait for the database
     */
    record Told(Runnable call, boolean mayWait) {}

    /** Whether there is more to be done in a further transaction, also when no change asks for one. */
    boolean isUnfinished();

    /**
     * The change that comes first on a database that has failed over, once {@link #undone} was called: what was acknowledged last may not be
     * there, so the runs of this process go on from what is.
     */
    Change<?> afterFailover();

    /** The transaction, if there was one, has changed nothing. */
    void undone();
}
