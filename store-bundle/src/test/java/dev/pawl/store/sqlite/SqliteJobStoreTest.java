package dev.pawl.store.sqlite;

import dev.pawl.service.store.JobStore;
import dev.pawl.testkit.JobStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteJobStoreTest extends JobStoreContract {

    @TempDir
    private Path folder;

    @Override
    protected JobStore open() {
        return new SqliteStore(folder.resolve("pawl.db"), clock());
    }

    @Override
    protected void close(JobStore opened) {
        ((SqliteStore) opened).close();
    }
}
