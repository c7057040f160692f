package dev.pawl.store.sqlite.engine;

import java.sql.SQLException;

/** Follows the transactions of the writer, on its thread: what it keeps in memory agrees with the rows at each moment. */
public interface Transactions {

    /** Follows nothing. */
    Transactions UNFOLLOWED = new Transactions() {

        @Override
        public void begun(Session session) {}

        @Override
        public void ending(Session session) {}

        @Override
        public Runnable committed() {
            return () -> {};
        }

        @Override
        public void undone() {}
    };

    /** A transaction has begun. */
    void begun(Session session) throws SQLException;

    /**
     * The number of changes that the writes of the transaction have left with this follower, to be made at its end. A write that was refused after
     * one of them was refused half-way, as after a change of a row.
     */
    default long left() {
        return 0;
    }

    /** All writes of the transaction are made, and it is about to be committed; may make more. */
    void ending(Session session) throws SQLException;

    /**
     * The transaction is on disk.
     *
     * @return called before the futures complete, on the writer's thread or on that which completes them; neither blocks nor throws
     */
    Runnable committed();

    /** Whether there is more to be done in a further transaction, also when no write asks for one. */
    default boolean isUnfinished() {
        return false;
    }

    /** The transaction, if there was one, has changed nothing. */
    void undone();
}
