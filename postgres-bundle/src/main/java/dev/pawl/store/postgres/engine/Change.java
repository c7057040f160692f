package dev.pawl.store.postgres.engine;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** A change that is made within a transaction of the writer, perhaps not for the first time. */
@FunctionalInterface
public interface Change<T> {

    /**
     * Makes the change.
     *
     * @throws RuntimeException to refuse it, so that it changes nothing
     */
    T make() throws SQLException;

    /** The jobs that it names, which are read for all changes of a transaction together. */
    default List<UUID> jobs() {
        return List.of();
    }

    /** The jobs that it adds at most, of which it is found out together whether they are there. */
    default List<UUID> added() {
        return List.of();
    }

    /** Whether it ends the runs of those jobs, unless it is refused. */
    default boolean isEnd() {
        return false;
    }

    /** The approximate number of characters that it holds. */
    default long size() {
        return 1;
    }
}
