package dev.pawl.store.postgres;

import dev.pawl.service.audit.AuditLog;
import dev.pawl.service.store.SecretStore;
import dev.pawl.testkit.SecretStoreContract;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(TestDatabase.class)
class PostgresSecretStoreTest extends SecretStoreContract {

    @RegisterExtension
    final OneStore store = new OneStore();

    @Override
    protected SecretStore secrets() {
        return new PostgresSecrets(store.get());
    }

    @Override
    protected AuditLog audit() {
        return store.audit();
    }

    @Override
    protected void reopen() {
        store.reopen();
    }
}
