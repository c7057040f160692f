package dev.pawl.store.postgres;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.SharedArtifacts;
import dev.pawl.store.postgres.artifact.ContentRows;
import dev.pawl.store.postgres.engine.Connections;
import dev.pawl.store.postgres.engine.PostgresErrors;
import dev.pawl.store.postgres.engine.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * The contents of artifacts, in the database of a {@link PostgresStore}. Each call that moves contents has a connection of its own, so that large
 * ones hold up neither a group of writes nor the reads of others.
 */
final class PostgresSharedArtifacts implements SharedArtifacts {

    private final Connections connections;

    PostgresSharedArtifacts(PostgresStore store) {
        this.connections = store.connections();
    }

    /** Work with a connection and files. */
    @FunctionalInterface
    private interface Transfer {
        boolean make(Session session) throws SQLException, IOException;
    }

    @Override
    public boolean keep(RunId run, Map<String, Path> files, BooleanSupplier giveUp) {
        return transfer(session -> ContentRows.keep(session, run, files, giveUp));
    }

    @Override
    public boolean fetch(UUID job, String name, Path file) {
        return transfer(session -> ContentRows.fetch(session, job, name, file));
    }

    private boolean transfer(Transfer transfer) {
        try (Session session = connections.writer()) {
            return transfer.make(session);
        } catch (SQLException e) {
            throw PostgresErrors.problem(connections.place(), e);
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.STORE_UNAVAILABLE, "Files of artifacts cannot be read or written: " + e + ".", e);
        }
    }

    @Override
    public void tidy(RunId run) {
        onItsOwn(session -> ContentRows.tidy(session, run));
    }

    @Override
    public void forgetUnrecorded(Duration within) {
        onItsOwn(session -> ContentRows.forgetUnrecorded(session, within));
    }

    private void onItsOwn(Session.Reading<Integer> work) {
        try (Session session = connections.reader()) {
            work.read(session);
        } catch (SQLException e) {
            throw PostgresErrors.problem(connections.place(), e);
        }
    }
}
