package dev.pawl.store.postgres;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.ModuleJars;
import dev.pawl.store.postgres.deployment.JarRows;
import dev.pawl.store.postgres.engine.Connections;
import dev.pawl.store.postgres.engine.PostgresErrors;
import dev.pawl.store.postgres.engine.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The jars of module bundles in the database of a {@link PostgresStore}, part by part. Each call has a connection of its own, so that a large
 * jar holds up no group of writes.
 */
@Component(service = ModuleJars.class)
public final class PostgresModuleJars implements ModuleJars {

    private final Connections connections;

    /** Keeps jars in the database of an open store. */
    @Activate
    public PostgresModuleJars(@Reference PostgresStore store) {
        this.connections = store.connections();
    }

    /** Work with a connection and a file. */
    @FunctionalInterface
    private interface Transfer {
        boolean make(Session session) throws SQLException, IOException;
    }

    @Override
    public void keep(String sha256, Path jar) {
        on(jar, session -> JarRows.keep(session, sha256, jar));
    }

    @Override
    public boolean fetch(String sha256, Path file) {
        return on(file, session -> JarRows.fetch(session, sha256, file));
    }

    @Override
    public void forgetUnnamed(Duration within) {
        try (Session session = connections.writer()) {
            JarRows.forgetUnnamed(session, within);
        } catch (SQLException e) {
            throw PostgresErrors.problem(connections.place(), e);
        }
    }

    private boolean on(Path jar, Transfer transfer) {
        try (Session session = connections.writer()) {
            return transfer.make(session);
        } catch (SQLException e) {
            throw PostgresErrors.problem(connections.place(), e);
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.STORE_UNAVAILABLE, "The jar " + jar + " cannot be read or written: " + e + ".", e);
        }
    }
}
