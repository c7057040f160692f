package dev.pawl.store.sqlite;

import dev.pawl.service.audit.AuditLog;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.ScheduleStore;
import dev.pawl.testkit.ScheduleStoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteScheduleStoreTest extends ScheduleStoreContract {

    @RegisterExtension
    final OpenedStore store = new OpenedStore();

    @Override
    public ScheduleStore schedules() {
        return new SqliteSchedules(store.get());
    }

    @Override
    public JobStore jobs() {
        return store.get();
    }

    @Override
    public AuditLog audit() {
        return new SqliteAudit(store.get());
    }

    @Override
    public void reopen() {
        store.reopen();
    }
}
