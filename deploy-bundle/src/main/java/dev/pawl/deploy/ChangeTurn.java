package dev.pawl.deploy;

import dev.pawl.deploy.bundle.ModuleBundles;
import dev.pawl.deploy.change.DeploymentRecords;
import dev.pawl.deploy.wiring.WiringRecord;
import dev.pawl.service.deploy.Deployment;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs changes one at a time, on this server and among those that share its store, and records after each which module uses which.
 */
final class ChangeTurn {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeTurn.class);

    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final DeploymentRecords records;
    private final ModuleBundles bundles;
    private final WiringRecord wires;
    private final @Nullable ServerTurn servers;

    /** @param servers the turn among servers on the same store; null where this is the only one */
    ChangeTurn(DeploymentRecords records, ModuleBundles bundles, WiringRecord wires, @Nullable ServerTurn servers) {
        this.records = records;
        this.bundles = bundles;
        this.wires = wires;
        this.servers = servers;
    }

    /** Runs a change when no other is running, here or on another server. */
    <T> T make(Supplier<T> change) {
        return here(() -> servers == null ? change.get() : servers.make(change));
    }

    /** Runs steps that concern this server alone when no change is running on it. */
    <T> T here(Supplier<T> change) {
        oneAtATime.lock();
        try {
            return change.get();
        } finally {
            rememberWires();
            oneAtATime.unlock();
        }
    }

    /** Runs a change without a result. */
    void run(Runnable change) {
        make(() -> {
            change.run();
            return true;
        });
    }

    /** Runs steps that concern this server alone, without a result. */
    void runHere(Runnable steps) {
        here(() -> {
            steps.run();
            return true;
        });
    }

    /** A disabled bundle may be wired differently when it is enabled again. */
    private void rememberWires() {
        try {
            wires.remember(records.current().stream()
                    .filter(Deployment::enabled)
                    .flatMap(deployment -> bundles.find(deployment.sha256()).stream())
                    .toList());
        } catch (RuntimeException e) {
            LOG.debug("The wiring is recorded later.", e); // the store is closing
        }
    }

    /** Looks at a folder of jars during a start; the installed modules run even when it fails. */
    static void attempt(Path folder, Runnable look) {
        try {
            look.run();
        } catch (RuntimeException e) {
            LOG.error("Not all modules in {} could be examined; `pawl module reload` tries again.", folder, e);
        }
    }
}
