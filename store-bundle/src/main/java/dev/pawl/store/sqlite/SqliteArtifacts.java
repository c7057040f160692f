package dev.pawl.store.sqlite;

import dev.pawl.service.job.JobArtifact;
import dev.pawl.service.store.ArtifactStore;
import dev.pawl.service.store.ArtifactTotals;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.SharedArtifacts;
import dev.pawl.store.sqlite.artifact.ArtifactRows;
import dev.pawl.store.sqlite.engine.GroupCommit;
import dev.pawl.store.sqlite.engine.Readers;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The records of artifacts, in the file of the {@link SqliteStore}. */
@Component(service = ArtifactStore.class, immediate = true)
public final class SqliteArtifacts implements ArtifactStore {

    private final GroupCommit writer;
    private final Readers readers;

    private interface Change {
        void in(Session session) throws SQLException;
    }

    /** Creates the records in the file of an open store. */
    @Activate
    public SqliteArtifacts(@Reference SqliteStore store) {
        this.writer = store.writer();
        this.readers = store.readers();
    }

    @Override
    public Optional<JobArtifact> find(UUID job, String path) {
        return readers.readShort(session -> ArtifactRows.find(session, job, path));
    }

    @Override
    public List<JobArtifact> list(UUID job, String after, int limit) {
        return readers.read(session -> ArtifactRows.list(session, job, after, limit));
    }

    @Override
    public ArtifactTotals totals(UUID job) {
        return readers.readShort(session -> ArtifactRows.totals(session, job));
    }

    @Override
    public long bytes() {
        return readers.readShort(ArtifactRows::bytes);
    }

    @Override
    public List<UUID> jobs() {
        return readers.read(ArtifactRows::jobs);
    }

    @Override
    public CompletionStage<Void> add(RunId run, List<JobArtifact> artifacts) {
        List<JobArtifact> copy = List.copyOf(artifacts);
        return change(session -> ArtifactRows.addToEnded(session, run, copy));
    }

    @Override
    public CompletionStage<List<UUID>> removeOldest(long most) {
        return writer.submit(1, session -> ArtifactRows.removeOldest(session, most));
    }

    @Override
    public CompletionStage<Void> remove(List<UUID> jobs) {
        List<UUID> copy = List.copyOf(jobs);
        return change(session -> ArtifactRows.remove(session, copy));
    }

    @Override
    public List<UUID> removed(int limit) {
        return readers.readShort(session -> ArtifactRows.removed(session, limit));
    }

    @Override
    public CompletionStage<Void> forget(List<UUID> jobs) {
        List<UUID> copy = List.copyOf(jobs);
        return change(session -> ArtifactRows.forget(session, copy));
    }

    @Override
    public Optional<SharedArtifacts> shared() {
        return Optional.empty();
    }

    private CompletionStage<Void> change(Change change) {
        return writer.submit(1, session -> {
                    change.in(session);
                    return true;
                })
                .thenAccept(done -> {});
    }
}
