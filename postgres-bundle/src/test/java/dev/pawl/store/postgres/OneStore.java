package dev.pawl.store.postgres;

import dev.pawl.service.audit.AuditLog;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A store on an empty database for each test. */
final class OneStore implements BeforeEachCallback, AfterEachCallback {

    private PostgresStore store;

    @Override
    public void beforeEach(ExtensionContext test) throws Exception {
        TestDatabase.empty();
        store = TestDatabase.store();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        store.close();
    }

    /** The open store. */
    PostgresStore get() {
        return store;
    }

    /** Its audit log. */
    AuditLog audit() {
        return new PostgresAudit(store);
    }

    /** Closes it and opens it again, with its contents. */
    void reopen() {
        store.close();
        store = TestDatabase.store();
    }
}
