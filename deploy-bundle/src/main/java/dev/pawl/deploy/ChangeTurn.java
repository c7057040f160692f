package dev.pawl.deploy;

import dev.pawl.deploy.bundle.ModuleBundles;
import dev.pawl.deploy.change.DeploymentRecords;
import dev.pawl.deploy.wiring.WiringRecord;
import dev.pawl.service.deploy.Deployment;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The turn of a change: one is made at a time, and after each it is written down which module uses which. */
final class ChangeTurn {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeTurn.class);

    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final DeploymentRecords records;
    private final ModuleBundles bundles;
    private final WiringRecord wires;

    ChangeTurn(DeploymentRecords records, ModuleBundles bundles, WiringRecord wires) {
        this.records = records;
        this.bundles = bundles;
        this.wires = wires;
    }

    /** Makes a change when it is its turn. */
    <T> T make(Supplier<T> change) {
        oneAtATime.lock();
        try {
            return change.get();
        } finally {
            rememberWires();
            oneAtATime.unlock();
        }
    }

    /** The same for a change that yields nothing. */
    void run(Runnable change) {
        make(() -> {
            change.run();
            return true;
        });
    }

    /** A bundle that was disabled may be wired anew when somebody enables it. */
    private void rememberWires() {
        try {
            wires.remember(records.current().stream()
                    .filter(Deployment::enabled)
                    .flatMap(deployment -> bundles.find(deployment.sha256()).stream())
                    .toList());
        } catch (RuntimeException e) {
            LOG.debug("Which module uses which is remembered later.", e); // the store is closing
        }
    }
}
