package dev.pawl.store.postgres;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import dev.pawl.service.audit.AuditLog;
import dev.pawl.service.store.DeliveryStore;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.StoreUpkeep;
import dev.pawl.store.postgres.engine.StoreClock;
import dev.pawl.store.postgres.job.LogCap;
import dev.pawl.testkit.DeliveryStoreContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract of all stores of deliveries, with the clock of its tests. */
@ExtendWith(TestDatabase.class)
class PostgresDeliveryStoreTest extends DeliveryStoreContract {

    private PostgresStore store;

    @AfterEach
    void close() {
        store.close();
    }

    private PostgresStore store() {
        if (store == null) {
            assertDoesNotThrow(TestDatabase::empty);
            open();
        }
        return store;
    }

    private void open() {
        store = PostgresStore.open(
                TestDatabase.address(), StoreClock.of(clock), LogCap.DEFAULT, Duration.ofSeconds(15));
    }

    @Override
    protected DeliveryStore deliveries() {
        return new PostgresDeliveries(store(), clock);
    }

    @Override
    protected JobStore jobs() {
        return store();
    }

    @Override
    protected AuditLog audit() {
        return new PostgresAudit(store());
    }

    @Override
    protected StoreUpkeep upkeep() {
        return new PostgresUpkeep(store(), clock);
    }

    @Override
    protected void reopen() {
        store.close();
        open();
    }
}
