package dev.pawl.scheduler.catalog;

import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.store.DeploymentStore;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.util.tracker.ServiceTracker;

/** The deployment records of installed bundles; there are none where nothing is ever deployed. */
public final class InstallRecords implements AutoCloseable {

    private final ServiceTracker<DeploymentStore, DeploymentStore> records;

    /** Follows the records. */
    public InstallRecords(BundleContext context) {
        this.records = new ServiceTracker<>(context, DeploymentStore.class, null);
        records.open();
    }

    /** Whether the bundle is to run: by its record, or because the framework itself starts it. */
    boolean isEnabled(Bundle bundle) {
        BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
        return (level != null && level.isPersistentlyStarted())
                || find(bundle).filter(Deployment::enabled).isPresent();
    }

    /** Whether the bundle has a record, also while it is disabled; a bundle without one is being removed. */
    boolean isKept(Bundle bundle) {
        return find(bundle).isPresent();
    }

    @Override
    public void close() {
        records.close();
    }

    private Optional<Deployment> find(Bundle bundle) {
        DeploymentStore store = records.getService();
        return store == null
                ? Optional.empty()
                : store.current().stream()
                        .filter(deployment -> bundle.getLocation().endsWith(deployment.sha256()))
                        .findFirst();
    }
}
