package dev.pawl.store.sqlite;

import dev.pawl.store.sqlite.engine.Connections;
import dev.pawl.store.sqlite.engine.Database;
import dev.pawl.store.sqlite.engine.Session;
import java.nio.file.Path;
import java.sql.SQLException;

/** Real connections in which real faults of SQLite can be caused and removed. */
public final class FaultyConnections implements Connections {

    private final Connections connections;
    private volatile Fault fault = Fault.NONE;
    private volatile Session writer;

    /** Faults of the machine, each simulated by settings of SQLite that cause the same error. */
    public enum Fault {
        NONE("SELECT 1"),
        DISK_FULL(
                "PRAGMA max_page_count = 1"), // SQLite uses the present size instead, which leaves no room for another
        // page
        READ_ONLY("PRAGMA query_only = ON");

        private final String sql;

        Fault(String sql) {
            this.sql = sql;
        }
    }

    public FaultyConnections(Path file) {
        connections = new Database(file);
    }

    /** Causes a fault from now on, also on the open connection. Call it only while no write is under way. */
    public void have(Fault what) throws SQLException {
        fault = what;
        if (what != Fault.NONE) {
            writer.script(what.sql);
        }
    }

    @Override
    public Path file() {
        return connections.file();
    }

    @Override
    public Session writer() throws SQLException {
        Session opened = connections.writer();
        opened.script(fault.sql);
        writer = opened;
        return opened;
    }

    @Override
    public Session reader() throws SQLException {
        return connections.reader();
    }
}
