package dev.pawl.scheduler.catalog;

import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.store.DeploymentStore;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.util.tracker.ServiceTracker;

/** What the records of the installed bundles say of one; there are none where nothing is ever deployed. */
public final class InstallRecords implements AutoCloseable {

    private final ServiceTracker<DeploymentStore, DeploymentStore> records;

    /** Follows the records. */
    public InstallRecords(BundleContext context) {
        this.records = new ServiceTracker<>(context, DeploymentStore.class, null);
        records.open();
    }

    /** Whether it is to run: by its record, or because the framework starts it with itself. */
    boolean isEnabled(Bundle bundle) {
        BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
        return (level != null && level.isPersistentlyStarted())
                || find(bundle).filter(Deployment::enabled).isPresent();
    }

    /** Whether it stays, also while it is disabled; one that is not recorded is on its way out. */
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
