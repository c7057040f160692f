package dev.pawl.store.sqlite.engine;

import java.nio.file.Path;
import java.sql.SQLException;

/** Opens connections to one database; tests inject faults here. */
public interface Connections {

    /** The database's file, for messages. */
    Path file();

    /** Opens a connection that may change rows. There is one at a time. */
    Session writer() throws SQLException;

    /** Opens a read-only connection; each statement or transaction reads a snapshot of the moment at which it begins. */
    Session reader() throws SQLException;
}
