package dev.pawl.store.sqlite;

import dev.pawl.service.audit.AuditLog;
import dev.pawl.service.store.JobStore;
import dev.pawl.testkit.AuditedJobsContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteAuditedJobsTest extends AuditedJobsContract {

    @RegisterExtension
    final OpenedStore store = new OpenedStore();

    @Override
    protected JobStore jobs() {
        return store.get();
    }

    @Override
    protected AuditLog audit() {
        return new SqliteAudit(store.get());
    }
}
