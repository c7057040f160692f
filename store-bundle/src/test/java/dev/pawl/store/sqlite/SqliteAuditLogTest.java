package dev.pawl.store.sqlite;

import dev.pawl.service.audit.AuditLog;
import dev.pawl.testkit.AuditLogContract;
import dev.pawl.testkit.SettableClock;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/** The audit log keeps its contract. */
final class SqliteAuditLogTest extends AuditLogContract {

    @TempDir
    private Path folder;

    private @Nullable SqliteStore store;

    @Override
    protected AuditLog open() {
        SqliteStore opened = new SqliteStore(folder.resolve("pawl.db"), SettableClock.at("2026-03-01T12:00:00Z"));
        store = opened;
        return new SqliteAudit(opened);
    }

    @Override
    protected void close(AuditLog log) {
        Objects.requireNonNull(store).close();
    }
}
