package dev.pawl.store.postgres;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import dev.pawl.service.audit.AuditLog;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.NotificationStore;
import dev.pawl.service.store.ScheduleStore;
import dev.pawl.store.postgres.engine.StoreClock;
import dev.pawl.store.postgres.job.LogCap;
import dev.pawl.testkit.NotificationStoreContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract of all stores of notifications, with the clock of its tests. */
@ExtendWith(TestDatabase.class)
class PostgresNotificationStoreTest extends NotificationStoreContract {

    private boolean opened;
    private PostgresStore store;

    @AfterEach
    void close() {
        store.close();
    }

    private PostgresStore store() {
        if (store == null) {
            empty();
            store = PostgresStore.open(
                    TestDatabase.address(), StoreClock.of(clock), LogCap.DEFAULT, Duration.ofSeconds(15));
        }
        return store;
    }

    private void empty() {
        if (!opened) {
            opened = true;
            assertDoesNotThrow(TestDatabase::empty);
        }
    }

    @Override
    protected NotificationStore notifications() {
        return new PostgresNotifications(store(), clock);
    }

    @Override
    protected JobStore jobs() {
        return store();
    }

    @Override
    protected ScheduleStore schedules() {
        return new PostgresSchedules(store());
    }

    @Override
    protected AuditLog audit() {
        return new PostgresAudit(store());
    }

    @Override
    protected void reopen() {
        store.close();
        store = null;
    }
}
