package dev.pawl.store.sqlite;

import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.HistoryEntry;
import dev.pawl.service.store.DeploymentStore;
import dev.pawl.service.store.DocumentStore;
import dev.pawl.service.store.RunId;
import dev.pawl.store.sqlite.deployment.DeploymentHistory;
import dev.pawl.store.sqlite.deployment.DeploymentRows;
import dev.pawl.store.sqlite.document.DocumentRows;
import dev.pawl.store.sqlite.engine.GroupCommit;
import dev.pawl.store.sqlite.engine.Readers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What the store keeps beside jobs: documents, and which module bundles are in place. */
abstract class BesideJobs implements DocumentStore, DeploymentStore {

    private final GroupCommit writer;
    private final Readers readers;

    BesideJobs(GroupCommit writer, Readers readers) {
        this.writer = writer;
        this.readers = readers;
    }

    @Override
    public Optional<String> get(String owner, String name) {
        return readers.readAMoment(session -> DocumentRows.get(session, owner, name));
    }

    @Override
    public CompletionStage<Void> put(String owner, String name, String json) {
        return done(writer.submit(json.length(), session -> {
            DocumentRows.put(session, owner, name, json);
            return true;
        }));
    }

    @Override
    public CompletionStage<Boolean> delete(String owner, String name) {
        return writer.submit(1, session -> DocumentRows.delete(session, owner, name));
    }

    @Override
    public CompletionStage<Void> put(RunId run, String owner, String name, String json) {
        return done(writer.submit(json.length(), session -> {
            DocumentRows.fence(session, run);
            DocumentRows.put(session, owner, name, json);
            return true;
        }));
    }

    @Override
    public CompletionStage<Boolean> delete(RunId run, String owner, String name) {
        return writer.submit(1, session -> {
            DocumentRows.fence(session, run);
            return DocumentRows.delete(session, owner, name);
        });
    }

    @Override
    public List<String> names(String owner) {
        return readers.read(session -> DocumentRows.names(session, owner));
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
    public CompletionStage<Void> put(Deployment deployment, HistoryEntry line) {
        return done(writer.submit(2, session -> {
            DeploymentRows.put(session, deployment);
            DeploymentHistory.add(session, line);
            return true;
        }));
    }

    @Override
    public CompletionStage<Boolean> remove(String bundle) {
        return writer.submit(1, session -> DeploymentRows.remove(session, bundle));
    }

    @Override
    public CompletionStage<Boolean> remove(String bundle, HistoryEntry line) {
        return writer.submit(2, session -> {
            DeploymentHistory.add(session, line);
            return DeploymentRows.remove(session, bundle);
        });
    }

    @Override
    public CompletionStage<Void> note(HistoryEntry line) {
        return done(writer.submit(1, session -> {
            DeploymentHistory.add(session, line);
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

    private static CompletionStage<Void> done(CompletionStage<Boolean> write) {
        return write.thenAccept(changed -> {});
    }
}
