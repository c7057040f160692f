package dev.pawl.deploy;

import dev.pawl.service.store.DeploymentStore;
import dev.pawl.testkit.DeploymentStoreContract;

final class MemoryDeploymentsTest extends DeploymentStoreContract {

    private final MemoryDeployments records = new MemoryDeployments();

    @Override
    protected DeploymentStore open() {
        return records;
    }

    @Override
    protected void close(DeploymentStore store) {}
}
