package dev.pawl.store.sqlite;

import dev.pawl.api.catalog.Deployment;
import dev.pawl.api.catalog.HistoryEntry;
import dev.pawl.api.store.DeploymentStore;
import dev.pawl.api.store.DocumentStore;
import dev.pawl.api.store.RunId;
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
        return readers.readAMoment(session -> Documents.get(session, owner, name));
    }

    @Override
    public CompletionStage<Void> put(String owner, String name, String json) {
        return done(writer.submit(json.length(), session -> {
            Documents.put(session, owner, name, json);
            return true;
        }));
    }

    @Override
    public CompletionStage<Boolean> delete(String owner, String name) {
        return writer.submit(1, session -> Documents.delete(session, owner, name));
    }

    @Override
    public CompletionStage<Void> put(RunId run, String owner, String name, String json) {
        return done(writer.submit(json.length(), session -> {
            Documents.fence(session, run);
            Documents.put(session, owner, name, json);
            return true;
        }));
    }

    @Override
    public CompletionStage<Boolean> delete(RunId run, String owner, String name) {
        return writer.submit(1, session -> {
            Documents.fence(session, run);
            return Documents.delete(session, owner, name);
        });
    }

    @Override
    public List<String> names(String owner) {
        return readers.read(session -> Documents.names(session, owner));
    }

    @Override
    public List<Deployment> current() {
        return readers.read(Deployments::current);
    }

    @Override
    public List<Deployment> former(String bundle) {
        return readers.read(session -> Deployments.former(session, bundle));
    }

    @Override
    public CompletionStage<Void> put(Deployment deployment) {
        return done(writer.submit(1, session -> {
            Deployments.put(session, deployment);
            return true;
        }));
    }

    @Override
    public CompletionStage<Void> put(Deployment deployment, HistoryEntry line) {
        return done(writer.submit(2, session -> {
            Deployments.put(session, deployment);
            DeploymentHistory.add(session, line);
            return true;
        }));
    }

    @Override
    public CompletionStage<Boolean> remove(String bundle) {
        return writer.submit(1, session -> Deployments.remove(session, bundle));
    }

    @Override
    public CompletionStage<Boolean> remove(String bundle, HistoryEntry line) {
        return writer.submit(2, session -> {
            DeploymentHistory.add(session, line);
            return Deployments.remove(session, bundle);
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
        return writer.submit(1, session -> Deployments.prune(session, bundle, kept));
    }

    private static CompletionStage<Void> done(CompletionStage<Boolean> write) {
        return write.thenAccept(changed -> {});
    }
}
