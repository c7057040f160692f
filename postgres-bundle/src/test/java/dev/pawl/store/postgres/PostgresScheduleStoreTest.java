package dev.pawl.store.postgres;

import dev.pawl.service.audit.AuditLog;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.ScheduleStore;
import dev.pawl.testkit.ScheduleStoreContract;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(TestDatabase.class)
class PostgresScheduleStoreTest extends ScheduleStoreContract {

    @RegisterExtension
    final OneStore store = new OneStore();

    @Override
    public ScheduleStore schedules() {
        return new PostgresSchedules(store.get());
    }

    @Override
    public JobStore jobs() {
        return store.get();
    }

    @Override
    public AuditLog audit() {
        return store.audit();
    }

    @Override
    public void reopen() {
        store.reopen();
    }
}
