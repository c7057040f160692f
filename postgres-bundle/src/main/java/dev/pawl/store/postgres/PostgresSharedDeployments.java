package dev.pawl.store.postgres;

import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.RollOutStore;
import dev.pawl.service.store.ServerModule;
import dev.pawl.service.store.SharedDeployments;
import dev.pawl.store.postgres.deployment.DeploymentRows;
import dev.pawl.store.postgres.deployment.JarRows;
import dev.pawl.store.postgres.deployment.OwnTurn;
import dev.pawl.store.postgres.deployment.ServerRows;
import dev.pawl.store.postgres.engine.Connections;
import dev.pawl.store.postgres.engine.PostgresErrors;
import dev.pawl.store.postgres.engine.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Parts of deployments that servers share, in the database of a {@link PostgresStore}. Calls have connections of their own, so that a large jar
 * holds up no group of writes.
 */
final class PostgresSharedDeployments implements SharedDeployments {

    private final PostgresStore store;
    private final Connections connections;
    private final RollOutStore rollOuts;
    private final OwnTurn turn;

    PostgresSharedDeployments(PostgresStore store, OwnTurn turn) {
        this.store = store;
        this.turn = turn;
        this.connections = store.connections();
        this.rollOuts = new PostgresRollOuts(store, turn);
    }

    /** Work with a connection and a file. */
    @FunctionalInterface
    private interface Transfer {
        boolean make(Session session) throws SQLException, IOException;
    }

    @Override
    public long changes() {
        return store.readers().read(DeploymentRows::changes);
    }

    @Override
    public void keepJar(String sha256, Path jar) {
        on(jar, session -> JarRows.keep(session, sha256, jar));
    }

    @Override
    public boolean fetchJar(String sha256, Path file) {
        return on(file, session -> JarRows.fetch(session, sha256, file));
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

    @Override
    public void forgetJars(Duration within) {
        onItsOwn(session -> JarRows.forgetUnnamed(session, within));
    }

    @Override
    public boolean takeTurn(Duration within) {
        return onItsOwn(session -> turn.take(session, within));
    }

    @Override
    public void endTurn() {
        onItsOwn(session -> {
            turn.end(session);
            return true;
        });
    }

    @Override
    public void report(List<ServerModule> modules) {
        onItsOwn(session -> ServerRows.report(session, store.owner(), modules));
        store.work().generations().reported();
    }

    @Override
    public void report(ServerModule module) {
        onItsOwn(session -> ServerRows.report(session, store.owner(), module));
        store.work().generations().reported();
    }

    @Override
    public RollOutStore rollOuts() {
        return rollOuts;
    }

    @Override
    public List<ServerJob> running(Collection<String> modules) {
        return store.readers().read(session -> ServerRows.running(session, modules));
    }

    private <T> T onItsOwn(Session.Reading<T> work) {
        try (Session session = connections.reader()) {
            return work.read(session);
        } catch (SQLException e) {
            throw PostgresErrors.problem(connections.place(), e);
        }
    }
}
