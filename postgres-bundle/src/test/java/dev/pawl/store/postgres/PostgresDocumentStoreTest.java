package dev.pawl.store.postgres;

import dev.pawl.service.store.DocumentStore;
import dev.pawl.service.store.JobStore;
import dev.pawl.store.postgres.engine.StoreClock;
import dev.pawl.store.postgres.job.LogCap;
import dev.pawl.testkit.DocumentStoreContract;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class PostgresDocumentStoreTest extends DocumentStoreContract {

    private boolean opened;
    private PostgresStore store;

    @Override
    protected DocumentStore open() throws SQLException {
        if (!opened) {
            opened = true;
            TestDatabase.empty();
        }
        store = PostgresStore.open(
                TestDatabase.address(), StoreClock.of(clock), LogCap.DEFAULT, Duration.ofSeconds(15));
        return new PostgresDocuments(store);
    }

    @Override
    protected JobStore jobs(DocumentStore documents) {
        return store;
    }

    @Override
    protected void close(DocumentStore documents) {
        store.close();
    }
}
