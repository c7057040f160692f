package dev.pawl.store.sqlite;

import dev.pawl.service.store.ArtifactStore;
import dev.pawl.service.store.JobStore;
import dev.pawl.testkit.ArtifactStoreContract;
import dev.pawl.testkit.SettableClock;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

class SqliteArtifactStoreTest extends ArtifactStoreContract {

    @TempDir
    private Path folder;

    private @Nullable SqliteStore store;

    @Override
    protected ArtifactStore open() {
        SqliteStore opened = new SqliteStore(folder.resolve("pawl.db"), SettableClock.at("2026-03-01T12:00:00Z"));
        store = opened;
        return new SqliteArtifacts(opened);
    }

    @Override
    protected JobStore jobs(ArtifactStore opened) {
        return Objects.requireNonNull(store);
    }

    @Override
    protected void close(ArtifactStore opened) {
        Objects.requireNonNull(store).close();
    }
}
