package dev.pawl.store.postgres;

import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.audit.DeploymentAudit;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.HistoryEntry;
import dev.pawl.service.store.DeploymentStore;
import dev.pawl.service.store.SharedDeployments;
import dev.pawl.store.postgres.deployment.DeploymentHistory;
import dev.pawl.store.postgres.deployment.DeploymentRows;
import dev.pawl.store.postgres.deployment.OwnTurn;
import dev.pawl.store.postgres.deployment.ServerRows;
import dev.pawl.store.postgres.engine.Readers;
import dev.pawl.store.postgres.job.Work;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The records of installed bundles, which are the same for all servers on the database of a {@link PostgresStore}. */
@Component(service = DeploymentStore.class, immediate = true)
public final class PostgresDeployments implements DeploymentStore {

    private final PostgresStore store;
    private final Readers readers;
    private volatile @Nullable List<Deployment> latest;
    private final SharedDeployments shared;
    private final OwnTurn turn;

    /** Keeps the records in the database of an open store. */
    @Activate
    public PostgresDeployments(@Reference PostgresStore store) {
        this.store = store;
        this.readers = store.readers();
        this.turn = new OwnTurn(store.owner());
        this.shared = new PostgresSharedDeployments(store, turn);
    }

    @Override
    public Optional<SharedDeployments> shared() {
        return Optional.of(shared);
    }

    /** The records; as they were read last while the database is away, when nobody can change them: measurements ask for them too. */
    @Override
    public List<Deployment> current() {
        List<Deployment> known = latest;
        if (known != null && store.lease().isAway()) {
            return known;
        }
        List<Deployment> read = readers.read(session -> DeploymentRows.current(session, store.owner()));
        latest = List.copyOf(read);
        return read;
    }

    @Override
    public List<Deployment> former(String bundle) {
        return readers.read(session -> DeploymentRows.former(session, bundle));
    }

    @Override
    public CompletionStage<Void> put(Deployment deployment) {
        return done(store.apart(1, work -> {
            put(work, deployment);
            return true;
        }));
    }

    @Override
    public CompletionStage<Void> put(Deployment deployment, HistoryEntry line, @Nullable AuditedChange change) {
        return done(store.apart(2, work -> {
            put(work, deployment);
            add(work, line, change);
            return true;
        }));
    }

    /** Puts a deployment, which this server runs by then: its jobs need not wait until it says so. */
    private void put(Work work, Deployment deployment) throws SQLException {
        begin(work);
        DeploymentRows.put(work.statements(), deployment);
        ServerRows.report(work.statements(), store.owner(), ServerRows.running(deployment));
        work.generations().reported();
    }

    @Override
    public CompletionStage<Boolean> remove(String bundle) {
        return store.apart(1, work -> {
            begin(work);
            return DeploymentRows.remove(work.statements(), bundle);
        });
    }

    @Override
    public CompletionStage<Boolean> remove(String bundle, HistoryEntry line, @Nullable AuditedChange change) {
        return store.apart(2, work -> {
            begin(work);
            boolean removed = DeploymentRows.remove(work.statements(), bundle);
            add(work, line, change);
            return removed;
        });
    }

    @Override
    public CompletionStage<Void> note(HistoryEntry line, @Nullable AuditedChange change) {
        return done(store.apart(1, work -> {
            work.changed();
            add(work, line, change);
            return true;
        }));
    }

    @Override
    public List<HistoryEntry> history(String module, int limit) {
        return readers.read(session -> DeploymentHistory.ofModule(session, module, limit));
    }

    @Override
    public CompletionStage<List<Deployment>> prune(String bundle, int kept) {
        return store.apart(1, work -> {
            begin(work);
            return DeploymentRows.prune(work.statements(), bundle, kept);
        });
    }

    /** Begins a change of records, which needs the turn, if this server has taken it. */
    private void begin(Work work) throws SQLException {
        turn.hold(work.statements());
        work.changed();
    }

    private static void add(Work work, HistoryEntry line, @Nullable AuditedChange change) throws SQLException {
        DeploymentHistory.add(work.statements(), line);
        work.audit().add(DeploymentAudit.of(line, change));
    }

    private static CompletionStage<Void> done(CompletionStage<Boolean> write) {
        return write.thenAccept(changed -> {});
    }
}
