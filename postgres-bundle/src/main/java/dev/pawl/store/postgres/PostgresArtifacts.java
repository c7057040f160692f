package dev.pawl.store.postgres;

import dev.pawl.service.job.JobArtifact;
import dev.pawl.service.store.ArtifactStore;
import dev.pawl.service.store.ArtifactTotals;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.SharedArtifacts;
import dev.pawl.store.postgres.artifact.ArtifactRows;
import dev.pawl.store.postgres.engine.Readers;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The records of artifacts, in the database of a {@link PostgresStore}, which adds them with the writes of runs. */
@Component(service = ArtifactStore.class, immediate = true)
public final class PostgresArtifacts implements ArtifactStore {

    private final PostgresStore store;
    private final Readers readers;

    /** Keeps records in the database of an open store. */
    @Activate
    public PostgresArtifacts(@Reference PostgresStore store) {
        this.store = store;
        this.readers = store.readers();
    }

    @Override
    public Optional<JobArtifact> find(UUID job, String path) {
        return readers.read(session -> ArtifactRows.find(session, job, path));
    }

    @Override
    public List<JobArtifact> list(UUID job, String after, int limit) {
        return readers.read(session -> ArtifactRows.list(session, job, after, limit));
    }

    @Override
    public ArtifactTotals totals(UUID job) {
        return readers.read(session -> ArtifactRows.totals(session, job));
    }

    @Override
    public long bytes() {
        return readers.read(ArtifactRows::bytes);
    }

    @Override
    public List<UUID> jobs() {
        return readers.read(ArtifactRows::jobs);
    }

    @Override
    public CompletionStage<Void> add(RunId run, List<JobArtifact> artifacts) {
        return store.addArtifacts(run, artifacts).thenAccept(added -> {});
    }

    @Override
    public CompletionStage<List<UUID>> removeOldest(long most) {
        return store.apart(1, work -> {
            work.changed();
            return ArtifactRows.removeOldest(work.statements(), most);
        });
    }

    @Override
    public CompletionStage<Void> remove(List<UUID> jobs) {
        return store.apart(1, work -> {
                    work.changed();
                    ArtifactRows.remove(work.statements(), jobs);
                    return true;
                })
                .thenAccept(removed -> {});
    }

    @Override
    public Optional<SharedArtifacts> shared() {
        return Optional.of(new PostgresSharedArtifacts(store));
    }

    @Override
    public List<UUID> removed(int limit) {
        return readers.read(session -> ArtifactRows.removed(session, limit));
    }

    @Override
    public CompletionStage<Void> forget(List<UUID> jobs) {
        return store.apart(1, work -> {
                    work.changed();
                    ArtifactRows.forget(work.statements(), jobs);
                    return true;
                })
                .thenAccept(forgotten -> {});
    }
}
