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

    /** All writes of the transaction are made, and it is about to be committed; may make more. */
    void ending(Session session) throws SQLException;

    /**
     * The transaction is on disk.
     *
     * @return called before the futures complete, on the writer's thread or on that which completes them; neither blocks nor throws
     */
    Runnable committed();

    /** The transaction, if there was one, has changed nothing. */
    void undone();
}
