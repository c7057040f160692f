package dev.pawl.scheduler.catalog;

import dev.pawl.api.catalog.Deployment;
import dev.pawl.api.store.DeploymentStore;
import java.util.function.Predicate;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.util.tracker.ServiceTracker;

/** Tells whether a bundle is to run: by the records of what is installed, or because the framework starts it with itself. */
public final class EnabledBundles implements Predicate<Bundle>, AutoCloseable {

    private final ServiceTracker<DeploymentStore, DeploymentStore> records;

    /** Follows the records, which there are none of where nothing is ever deployed. */
    public EnabledBundles(BundleContext context) {
        this.records = new ServiceTracker<>(context, DeploymentStore.class, null);
        records.open();
    }

    @Override
    public boolean test(Bundle bundle) {
        BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
        return (level != null && level.isPersistentlyStarted()) || isRecorded(bundle);
    }

    @Override
    public void close() {
        records.close();
    }

    private boolean isRecorded(Bundle bundle) {
        DeploymentStore store = records.getService();
        return store != null && store.current().stream().anyMatch(deployment -> isOf(bundle, deployment));
    }

    private static boolean isOf(Bundle bundle, Deployment deployment) {
        return deployment.enabled()
                && deployment.bundle().equals(bundle.getSymbolicName())
                && bundle.getVersion().equals(Version.parseVersion(deployment.version()));
    }
}
