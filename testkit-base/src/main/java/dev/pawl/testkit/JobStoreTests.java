package dev.pawl.testkit;

import dev.pawl.service.store.JobStore;

/** The fixtures of the parts of {@link JobStoreContract}. */
interface JobStoreTests {

    /** The store under test. */
    JobStore store();

    /** Closes the store and opens it again, with its contents. */
    void reopen() throws Exception;

    /** The clock of the tests. */
    SettableClock clock();

    /** Steps on the store. */
    default JobStoreDriver jobs() {
        return new JobStoreDriver(store(), clock());
    }
}
