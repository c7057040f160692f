package dev.pawl.deploy;

import dev.pawl.api.catalog.Deployment;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the framework in line with our records when the server starts: its bundle cache may be older, newer or gone. What one
 * bundle lacks keeps no other from starting.
 */
final class Reconciliation {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);

    private final Artifacts artifacts;
    private final Bundles bundles;
    private final Records records;

    Reconciliation(Artifacts artifacts, Bundles bundles, Records records) {
        this.artifacts = artifacts;
        this.bundles = bundles;
        this.records = records;
    }

    void run() {
        List<Deployment> current = records.current();
        Set<String> wanted = current.stream().map(Deployment::sha256).collect(Collectors.toSet());
        for (Bundle bundle : bundles.installed()) {
            if (!wanted.contains(Bundles.artifact(bundle))) {
                bundles.uninstall(bundle);
            }
        }
        current.forEach(this::install); // all of them first: one may need what another exports
        current.forEach(this::start);
        artifacts.retain(records.artifacts());
    }

    /** Reads every artifact once, also those that the bundle cache has, and says which are gone or damaged. */
    void inspect() {
        for (Deployment current : records.current()) {
            inspect(current, "install it again");
            records.former(current.bundle()).forEach(former -> inspect(former, "it cannot be gone back to"));
        }
    }

    private void inspect(Deployment deployment, String remedy) {
        try (InputStream whole = artifacts.open(deployment.sha256())) {
            LOG.debug("Artifact {} is whole ({}).", deployment.sha256(), whole);
        } catch (IOException | RuntimeException e) {
            LOG.error("Bundle {} {}: {} ({})", deployment.bundle(), deployment.version(), e.getMessage(), remedy);
        }
    }

    private void install(Deployment deployment) {
        try {
            if (bundles.find(deployment.sha256()).isEmpty()) {
                bundles.install(deployment.sha256(), artifacts.open(deployment.sha256()));
            }
        } catch (RuntimeException e) {
            LOG.error("Bundle {} {} cannot be brought back.", deployment.bundle(), deployment.version(), e);
        }
    }

    private void start(Deployment deployment) {
        try {
            bundles.find(deployment.sha256()).ifPresent(deployment.enabled() ? bundles::start : bundles::stop);
        } catch (RuntimeException e) {
            LOG.error("Bundle {} {} cannot be started.", deployment.bundle(), deployment.version(), e);
        }
    }
}
