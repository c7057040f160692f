package dev.pawl.store.postgres.engine;

import java.sql.SQLException;

/** Opens connections to one database; tests inject faults here. */
public interface Connections extends AutoCloseable {

    /** The database, for messages: host and name, never a password. */
    String place();

    /** Opens the connection of the writer. */
    Session writer() throws SQLException;

    /** Opens a connection that listens to what other servers tell. */
    Session listener() throws SQLException;

    /** Takes a connection for reads; closing it gives it back. */
    Session reader() throws SQLException;

    @Override
    void close();
}
