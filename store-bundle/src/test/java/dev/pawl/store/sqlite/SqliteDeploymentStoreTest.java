package dev.pawl.store.sqlite;

import dev.pawl.service.store.DeploymentStore;
import dev.pawl.testkit.DeploymentStoreContract;
import dev.pawl.testkit.SettableClock;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteDeploymentStoreTest extends DeploymentStoreContract {

    @TempDir
    private Path folder;

    @Override
    protected DeploymentStore open() {
        return new SqliteStore(folder.resolve("pawl.db"), SettableClock.at("2026-03-01T12:00:00Z"));
    }

    @Override
    protected void close(DeploymentStore opened) {
        ((SqliteStore) opened).close();
    }
}
