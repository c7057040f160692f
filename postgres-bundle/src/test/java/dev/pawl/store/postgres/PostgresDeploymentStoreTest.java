package dev.pawl.store.postgres;

import dev.pawl.service.store.DeploymentStore;
import dev.pawl.testkit.DeploymentStoreContract;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class PostgresDeploymentStoreTest extends DeploymentStoreContract {

    private boolean opened;
    private PostgresStore store;

    @Override
    protected DeploymentStore open() throws SQLException {
        if (!opened) {
            opened = true;
            TestDatabase.empty();
        }
        store = TestDatabase.store();
        return new PostgresDeployments(store);
    }

    @Override
    protected void close(DeploymentStore deployments) {
        store.close();
    }
}
