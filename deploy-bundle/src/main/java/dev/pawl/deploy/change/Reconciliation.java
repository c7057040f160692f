package dev.pawl.deploy.change;

import dev.pawl.deploy.artifact.ArtifactRepair;
import dev.pawl.deploy.artifact.Artifacts;
import dev.pawl.deploy.bundle.CacheCopies;
import dev.pawl.deploy.bundle.ModuleBundles;
import dev.pawl.deploy.bundle.StartStallWatch;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.Deployment.ModuleIdentity;
import dev.pawl.service.deploy.HistoryEntry.Action;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the framework in line with the records when the server starts: its bundle cache may be older, newer or missing. A fault in one
 * bundle does not keep the others from starting.
 */
public final class Reconciliation {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);

    private final Artifacts artifacts;
    private final ModuleBundles bundles;
    private final DeploymentRecords records;
    private final ArtifactRepair repair;
    private final CacheCopies copies;
    private final Set<String> told = new HashSet<>();

    public Reconciliation(
            Artifacts artifacts,
            ModuleBundles bundles,
            DeploymentRecords records,
            ArtifactRepair repair,
            CacheCopies copies) {
        this.artifacts = artifacts;
        this.bundles = bundles;
        this.records = records;
        this.repair = repair;
        this.copies = copies;
    }

    public void run() {
        List<Deployment> current = records.current();
        Set<String> wanted = current.stream().map(Deployment::sha256).collect(Collectors.toSet());
        for (Bundle bundle : bundles.installed()) {
            if (!wanted.contains(ModuleBundles.artifact(bundle))) {
                bundles.uninstall(bundle);
            } else if (!copies.isWhole(bundle)) {
                LOG.warn(
                        "The framework's copy of the bundle {} is damaged; it is replaced.",
                        ModuleBundles.name(bundle));
                bundles.uninstall(bundle);
            }
        }
        current.forEach(this::install); // all are installed first, since one may need what another exports
        artifacts.retain(records.artifacts());
    }

    /** Starts the enabled bundles. One that fails or times out is logged and left as it is. */
    public void start() {
        List<Bundle> enabled = records.current().stream()
                .filter(Deployment::enabled)
                .flatMap(deployment -> bundles.find(deployment.sha256()).stream())
                .toList();
        bundles.startAll(enabled)
                .forEach((bundle, problem) -> LOG.error(
                        "The server starts without the bundle {}. {} `pawl module enable` tries again.",
                        ModuleBundles.name(bundle),
                        problem.getMessage()));
    }

    /**
     * Disables a bundle that blocks the server's start, so that the next start leaves it out. It need not wait for its turn: no other
     * change can be made before the server has started.
     *
     * @return sentences for the operator about what happened and what to do
     */
    public String leaveOut(StartStallWatch.Held held, Duration timeout) {
        String name = ModuleBundles.name(held.bundle());
        String why = held.where() + " did not return within " + timeout.toSeconds()
                + " s while the server was starting, and ignored an interrupt.";
        for (Deployment current : records.current()) {
            if (current.enabled() && current.sha256().equals(ModuleBundles.artifact(held.bundle()))) {
                Deployment disabled = current.with(false);
                records.put(disabled, new DeploymentChange(Action.DISABLE, "runtime", current, disabled), why);
                return "The module bundle " + name + " keeps the server from starting: " + why
                        + " It is now disabled: start the server again, and later try the bundle with `pawl "
                        + "module enable "
                        + current.modules().stream()
                                .map(ModuleIdentity::id)
                                .findFirst()
                                .orElse(current.bundle())
                        + "`.";
            }
        }
        return "The bundle " + name + " keeps the server from starting: " + why;
    }

    /** Reads every artifact once, including those that are in the bundle cache, repairs what can be repaired and logs the rest. */
    public void inspect() {
        for (Deployment current : records.current()) {
            if (told.add(current.sha256())) {
                inspect(
                        current,
                        current.version() + " (" + moduleIds(current) + ")",
                        ProblemCode.ARTIFACT_LOST.remedy());
            }
            records.former(current.bundle())
                    .forEach(former -> inspect(
                            former,
                            former.version() + ", a former version",
                            "A rollback to it is not possible until then."));
        }
    }

    private void inspect(Deployment deployment, String which, String remedy) {
        try {
            repair.ensure(deployment);
        } catch (RuntimeException e) {
            LOG.error("Bundle {} {} has lost its jar. {} {}", deployment.bundle(), which, e.getMessage(), remedy);
        }
    }

    private void install(Deployment deployment) {
        try {
            if (bundles.find(deployment.sha256()).isEmpty()) {
                repair.ensure(deployment);
                bundles.install(deployment.sha256(), artifacts.open(deployment.sha256()));
            }
        } catch (ProblemException e) {
            told.add(deployment.sha256());
            LOG.error(
                    "Bundle {} {} is installed but cannot be restored, so its modules ({}) are not available. {} {}",
                    deployment.bundle(),
                    deployment.version(),
                    moduleIds(deployment),
                    e.getMessage(),
                    e.code().remedy());
        } catch (RuntimeException e) {
            LOG.error("Bundle {} {} cannot be restored.", deployment.bundle(), deployment.version(), e);
        }
    }

    private static String moduleIds(Deployment deployment) {
        return deployment.modules().stream().map(ModuleIdentity::id).collect(Collectors.joining(", "));
    }
}
