package dev.pawl.store.sqlite;

import dev.pawl.service.store.DocumentStore;
import dev.pawl.service.store.JobStore;
import dev.pawl.testkit.DocumentStoreContract;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

class SqliteDocumentStoreTest extends DocumentStoreContract {

    @TempDir
    private Path folder;

    private @Nullable SqliteStore store;

    @Override
    protected DocumentStore open() {
        SqliteStore opened = new SqliteStore(folder.resolve("pawl.db"), clock);
        store = opened;
        return new SqliteDocuments(opened, clock);
    }

    @Override
    protected JobStore jobs(DocumentStore opened) {
        return Objects.requireNonNull(store);
    }

    @Override
    protected void close(DocumentStore opened) {
        Objects.requireNonNull(store).close();
    }
}
