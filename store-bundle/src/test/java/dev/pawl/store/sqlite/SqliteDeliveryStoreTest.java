package dev.pawl.store.sqlite;

import dev.pawl.service.audit.AuditLog;
import dev.pawl.service.store.DeliveryStore;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.StoreUpkeep;
import dev.pawl.testkit.DeliveryStoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteDeliveryStoreTest extends DeliveryStoreContract {

    @RegisterExtension
    final OpenedStore store = new OpenedStore();

    @Override
    protected DeliveryStore deliveries() {
        return new SqliteDeliveries(store.get());
    }

    @Override
    protected JobStore jobs() {
        return store.get();
    }

    @Override
    protected AuditLog audit() {
        return new SqliteAudit(store.get());
    }

    @Override
    protected StoreUpkeep upkeep() {
        return new SqliteUpkeep(store.get());
    }

    @Override
    protected void reopen() {
        store.reopen();
    }
}
