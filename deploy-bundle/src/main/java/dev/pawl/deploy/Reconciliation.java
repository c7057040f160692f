package dev.pawl.deploy;

import dev.pawl.api.catalog.Deployment;
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
        current.forEach(this::bringBack);
        artifacts.retain(records.artifacts());
    }

    private void bringBack(Deployment deployment) {
        try {
            Bundle bundle = bundles.find(deployment.sha256())
                    .orElseGet(() -> bundles.install(deployment.sha256(), artifacts.open(deployment.sha256())));
            if (deployment.enabled()) {
                bundles.start(bundle);
            } else {
                bundles.stop(bundle);
            }
        } catch (RuntimeException e) {
            LOG.error("Bundle {} {} cannot be brought back.", deployment.bundle(), deployment.version(), e);
        }
    }
}
