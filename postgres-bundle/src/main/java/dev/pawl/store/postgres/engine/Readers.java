package dev.pawl.store.postgres.engine;

import dev.pawl.service.problem.ProblemException;
import java.sql.SQLException;

/** Reads on the threads of their callers, each with a connection of the pool. */
public final class Readers {

    private final Connections connections;
    private volatile boolean closed;

    public Readers(Connections connections) {
        this.connections = connections;
    }

    /** Runs a read. */
    public <T> T read(Session.Reading<T> reading) {
        if (closed) {
            throw GroupWriter.closed();
        }
        try (Session session = connections.reader()) {
            return reading.read(session);
        } catch (SQLException e) {
            throw problem(e);
        }
    }

    private ProblemException problem(SQLException fault) {
        if (closed) {
            return GroupWriter.closed();
        }
        return PostgresErrors.isStatement(fault)
                ? PostgresErrors.ofStatement(connections.place(), fault)
                : PostgresErrors.problem(connections.place(), fault);
    }

    /** Takes no more reads. */
    public void close() {
        closed = true;
    }
}
