package dev.pawl.store.sqlite.engine;

import java.nio.file.Path;
import java.sql.SQLException;

/** Opens connections to one database; tests put faults in between here. */
public interface Connections {

    /** The database's file, for messages. */
    Path file();

    /** A connection that may change rows. There is one at a time. */
    Session writer() throws SQLException;

    /** A connection that only reads, each statement or transaction at the moment it begins. */
    Session reader() throws SQLException;
}
