package dev.pawl.store.postgres;

import dev.pawl.service.store.ArtifactStore;
import dev.pawl.service.store.JobStore;
import dev.pawl.testkit.ArtifactStoreContract;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract of all stores of artifacts. */
@ExtendWith(TestDatabase.class)
class PostgresArtifactStoreTest extends ArtifactStoreContract {

    private PostgresStore store;
    private boolean isEmptied;

    @Override
    protected ArtifactStore open() throws SQLException {
        if (!isEmptied) {
            TestDatabase.empty();
            isEmptied = true;
        }
        store = TestDatabase.store();
        return new PostgresArtifacts(store);
    }

    @Override
    protected JobStore jobs(ArtifactStore artifacts) {
        return store;
    }

    @Override
    protected void close(ArtifactStore artifacts) {
        store.close();
    }
}
