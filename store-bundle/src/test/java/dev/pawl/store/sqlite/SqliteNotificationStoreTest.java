package dev.pawl.store.sqlite;

import dev.pawl.service.audit.AuditLog;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.NotificationStore;
import dev.pawl.service.store.ScheduleStore;
import dev.pawl.testkit.NotificationStoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteNotificationStoreTest extends NotificationStoreContract {

    @RegisterExtension
    final OpenedStore store = new OpenedStore();

    @Override
    protected NotificationStore notifications() {
        return new SqliteNotifications(store.get());
    }

    @Override
    protected JobStore jobs() {
        return store.get();
    }

    @Override
    protected ScheduleStore schedules() {
        return new SqliteSchedules(store.get());
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
