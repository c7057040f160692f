package dev.pawl.store.sqlite;

import dev.pawl.service.store.InboxStore;
import dev.pawl.testkit.InboxStoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteInboxStoreTest extends InboxStoreContract {

    @RegisterExtension
    final OpenedStore store = new OpenedStore();

    @Override
    protected InboxStore inbox() {
        return new SqliteInbox(store.get());
    }

    @Override
    protected void reopen() {
        store.reopen();
    }
}
