package dev.pawl.store.sqlite;

import dev.pawl.service.audit.AuditLog;
import dev.pawl.service.store.SecretStore;
import dev.pawl.testkit.SecretStoreContract;
import dev.pawl.testkit.SettableClock;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteSecretStoreTest extends SecretStoreContract {

    @TempDir
    private Path folder;

    private @Nullable SqliteStore store;

    @BeforeEach
    void open() {
        store = new SqliteStore(folder.resolve("pawl.db"), SettableClock.at("2026-03-01T12:00:00Z"));
    }

    @AfterEach
    void close() {
        Objects.requireNonNull(store).close();
    }

    @Override
    protected SecretStore secrets() {
        return new SqliteSecrets(Objects.requireNonNull(store));
    }

    @Override
    protected AuditLog audit() {
        return new SqliteAudit(Objects.requireNonNull(store));
    }

    @Override
    protected void reopen() {
        close();
        open();
    }
}
