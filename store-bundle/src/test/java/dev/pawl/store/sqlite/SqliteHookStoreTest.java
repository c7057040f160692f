package dev.pawl.store.sqlite;

import dev.pawl.service.audit.AuditLog;
import dev.pawl.service.store.HookStore;
import dev.pawl.service.store.InboxStore;
import dev.pawl.service.store.JobStore;
import dev.pawl.testkit.HookStoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteHookStoreTest extends HookStoreContract {

    @RegisterExtension
    final OpenedStore store = new OpenedStore();

    @Override
    protected HookStore hooks() {
        return new SqliteHooks(store.get());
    }

    @Override
    protected JobStore jobs() {
        return store.get();
    }

    @Override
    protected InboxStore inbox() {
        return new SqliteInbox(store.get());
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
