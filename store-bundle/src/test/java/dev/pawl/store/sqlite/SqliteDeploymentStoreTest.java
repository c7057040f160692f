package dev.pawl.store.sqlite;

import dev.pawl.service.store.DeploymentStore;
import dev.pawl.testkit.DeploymentStoreContract;
import dev.pawl.testkit.SettableClock;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

class SqliteDeploymentStoreTest extends DeploymentStoreContract {

    @TempDir
    private Path folder;

    private @Nullable SqliteStore store;

    @Override
    protected DeploymentStore open() {
        SqliteStore opened = new SqliteStore(folder.resolve("pawl.db"), SettableClock.at("2026-03-01T12:00:00Z"));
        store = opened;
        return new SqliteDeployments(opened);
    }

    @Override
    protected void close(DeploymentStore opened) {
        Objects.requireNonNull(store).close();
    }
}
