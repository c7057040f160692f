package dev.pawl.store.sqlite;

import dev.pawl.service.store.DocumentStore;
import dev.pawl.service.store.JobStore;
import dev.pawl.testkit.DocumentStoreContract;
import dev.pawl.testkit.SettableClock;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteDocumentStoreTest extends DocumentStoreContract {

    @TempDir
    private Path folder;

    @Override
    protected DocumentStore open() {
        return new SqliteStore(folder.resolve("pawl.db"), SettableClock.at("2026-03-01T12:00:00Z"));
    }

    @Override
    protected JobStore jobs(DocumentStore opened) {
        return (SqliteStore) opened;
    }

    @Override
    protected void close(DocumentStore opened) {
        ((SqliteStore) opened).close();
    }
}
