package dev.pawl.store.postgres;

import dev.pawl.service.audit.AuditLog;
import dev.pawl.service.store.HookStore;
import dev.pawl.service.store.InboxStore;
import dev.pawl.service.store.JobStore;
import dev.pawl.testkit.HookStoreContract;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(TestDatabase.class)
class PostgresHookStoreTest extends HookStoreContract {

    @RegisterExtension
    final OneStore store = new OneStore();

    @Override
    protected HookStore hooks() {
        return new PostgresHooks(store.get());
    }

    @Override
    protected JobStore jobs() {
        return store.get();
    }

    @Override
    protected InboxStore inbox() {
        return new PostgresInbox(store.get());
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
