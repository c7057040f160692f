package dev.pawl.store.postgres;

import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.audit.DeploymentAudit;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.HistoryEntry;
import dev.pawl.service.deploy.RollOut;
import dev.pawl.service.deploy.RollOut.State;
import dev.pawl.service.deploy.RollOut.Step;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.RollOutStore;
import dev.pawl.store.postgres.deployment.DeploymentHistory;
import dev.pawl.store.postgres.deployment.DeploymentRows;
import dev.pawl.store.postgres.deployment.OwnTurn;
import dev.pawl.store.postgres.deployment.RollOutRows;
import dev.pawl.store.postgres.deployment.ServerRows;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.job.Work;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The roll-outs over the servers on the database of a {@link PostgresStore}. Each move is a transaction of the writer. */
final class PostgresRollOuts implements RollOutStore {

    private final PostgresStore store;
    private final OwnTurn turn;

    PostgresRollOuts(PostgresStore store, OwnTurn turn) {
        this.store = store;
        this.turn = turn;
    }

    /** A move by statements. */
    @FunctionalInterface
    private interface Move {
        boolean make(Work work, Session session) throws SQLException;
    }

    private boolean made(Move move) {
        return Confirmation.await(
                store.apart(2, work -> {
                    boolean isMade = move.make(work, work.statements());
                    if (isMade) {
                        work.changed();
                    }
                    return isMade;
                }),
                "The step of a roll-out");
    }

    @Override
    public List<RollOut> live() {
        return store.readers().read(session -> RollOutRows.live(session, store.owner()));
    }

    @Override
    public boolean begin(
            Deployment to, boolean isHeld, Duration proving, HistoryEntry line, @Nullable AuditedChange change) {
        return made((work, session) -> {
            turn.hold(session);
            if (!RollOutRows.begin(session, store.owner(), to, isHeld)) {
                return false;
            }
            DeploymentRows.put(session, to);
            ServerRows.report(session, store.owner(), ServerRows.running(to));
            RollOutRows.begun(session, store.owner(), to.bundle(), proving);
            work.generations().reported();
            return noted(work, line, change);
        });
    }

    @Override
    public boolean takeStep(RollOut rollOut, Duration within) {
        return made((work, session) -> RollOutRows.takeStep(session, store.owner(), rollOut, within));
    }

    @Override
    public boolean moveStep(String bundle, State from, State to, Duration within) {
        return made((work, session) -> RollOutRows.moveStep(session, store.owner(), bundle, from, to, within));
    }

    @Override
    public boolean serves(String bundle) {
        return made((work, session) -> RollOutRows.serves(session, store.owner(), bundle));
    }

    @Override
    public boolean skip(RollOut rollOut, Step step) {
        return made((work, session) -> RollOutRows.skip(session, rollOut, step));
    }

    @Override
    public boolean promote(RollOut rollOut, HistoryEntry line, @Nullable AuditedChange change) {
        return made((work, session) -> RollOutRows.promote(session, rollOut) && noted(work, line, change));
    }

    @Override
    public boolean goBack(RollOut rollOut, HistoryEntry line, @Nullable AuditedChange change) {
        return made((work, session) -> {
            if (!RollOutRows.end(session, rollOut)) {
                return false;
            }
            Deployment before = rollOut.from();
            if (before == null) {
                DeploymentRows.remove(session, rollOut.bundle());
            } else {
                DeploymentRows.put(session, before);
            }
            return noted(work, line, change);
        });
    }

    @Override
    public boolean finish(RollOut rollOut, HistoryEntry line) {
        return made((work, session) -> RollOutRows.finish(session, rollOut) && noted(work, line, null));
    }

    @Override
    public void leave() {
        made((work, session) -> RollOutRows.leave(session, store.owner()) > 0);
    }

    private static boolean noted(Work work, HistoryEntry line, @Nullable AuditedChange change) throws SQLException {
        DeploymentHistory.add(work.statements(), line);
        work.audit().add(DeploymentAudit.of(line, change));
        return true;
    }
}
