package dev.pawl.store.sqlite;

import dev.pawl.service.audit.AuditLog;
import dev.pawl.service.store.SecretStore;
import dev.pawl.testkit.SecretStoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteSecretStoreTest extends SecretStoreContract {

    @RegisterExtension
    final OpenedStore store = new OpenedStore();

    @Override
    protected SecretStore secrets() {
        return new SqliteSecrets(store.get());
    }

    @Override
    protected AuditLog audit() {
        return new SqliteAudit(store.get());
    }

    @Override
    protected void reopen() {
        store.reopen();
    }
}
