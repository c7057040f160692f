package dev.pawl.store.sqlite;

import dev.pawl.service.store.JobStore;
import dev.pawl.testkit.JobStoreContract;
import dev.pawl.testkit.SettableClock;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteJobStoreTest extends JobStoreContract {

    @TempDir
    private Path folder;

    @Override
    protected JobStore open() {
        return new SqliteStore(folder.resolve("pawl.db"), SettableClock.at("2026-03-01T12:00:00Z"));
    }

    @Override
    protected void close(JobStore opened) {
        ((SqliteStore) opened).close();
    }
}
