package dev.pawl.store.sqlite;

import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.audit.DeploymentAudit;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.HistoryEntry;
import dev.pawl.service.store.DeploymentStore;
import dev.pawl.service.store.SharedDeployments;
import dev.pawl.store.sqlite.audit.AuditChain;
import dev.pawl.store.sqlite.deployment.DeploymentHistory;
import dev.pawl.store.sqlite.deployment.DeploymentRows;
import dev.pawl.store.sqlite.engine.GroupCommit;
import dev.pawl.store.sqlite.engine.Readers;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The records of installed bundles, in the file of the {@link SqliteStore}. */
@Component(service = DeploymentStore.class, immediate = true)
public final class SqliteDeployments implements DeploymentStore {

    private final GroupCommit writer;
    private final Readers readers;
    private final AuditChain audit;

    /** Creates the records in the file of an open store. */
    @Activate
    public SqliteDeployments(@Reference SqliteStore store) {
        this.writer = store.writer();
        this.readers = store.readers();
        this.audit = store.audit();
    }

    @Override
    public Optional<SharedDeployments> shared() {
        return Optional.empty();
    }

    @Override
    public List<Deployment> current() {
        return readers.read(DeploymentRows::current);
    }

    @Override
    public List<Deployment> former(String bundle) {
        return readers.read(session -> DeploymentRows.former(session, bundle));
    }

    @Override
    public CompletionStage<Void> put(Deployment deployment) {
        return done(writer.submit(1, session -> {
            DeploymentRows.put(session, deployment);
            return true;
        }));
    }

    @Override
    public CompletionStage<Void> put(Deployment deployment, HistoryEntry line, @Nullable AuditedChange change) {
        return done(writer.submit(2, session -> {
            DeploymentRows.put(session, deployment);
            add(session, line, change);
            return true;
        }));
    }

    @Override
    public CompletionStage<Boolean> remove(String bundle) {
        return writer.submit(1, session -> DeploymentRows.remove(session, bundle));
    }

    @Override
    public CompletionStage<Boolean> remove(String bundle, HistoryEntry line, @Nullable AuditedChange change) {
        return writer.submit(2, session -> {
            boolean removed = DeploymentRows.remove(session, bundle);
            add(session, line, change);
            return removed;
        });
    }

    @Override
    public CompletionStage<Void> note(HistoryEntry line, @Nullable AuditedChange change) {
        return done(writer.submit(1, session -> {
            add(session, line, change);
            return true;
        }));
    }

    @Override
    public List<HistoryEntry> history(String module, int limit) {
        return readers.read(session -> DeploymentHistory.ofModule(session, module, limit));
    }

    @Override
    public CompletionStage<List<Deployment>> prune(String bundle, int kept) {
        return writer.submit(1, session -> DeploymentRows.prune(session, bundle, kept));
    }

    private void add(Session session, HistoryEntry line, @Nullable AuditedChange change) throws SQLException {
        DeploymentHistory.add(session, line);
        audit.add(DeploymentAudit.of(line, change));
    }

    private static CompletionStage<Void> done(CompletionStage<Boolean> write) {
        return write.thenAccept(changed -> {});
    }
}
