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
 * Brings the framework in line with our records when the server starts: its bundle cache may be older, newer or gone. What one
 * bundle lacks keeps no other from starting.
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
                        "The framework's copy of the bundle {} is damaged; it is made anew.",
                        ModuleBundles.name(bundle));
                bundles.uninstall(bundle);
            }
        }
        current.forEach(this::install); // all of them first: one may need what another exports
        artifacts.retain(records.artifacts());
    }

    /** Starts what is enabled. A bundle that does not start, or not in time, is left as it is and said. */
    public void start() {
        List<Bundle> enabled = records.current().stream()
                .filter(Deployment::enabled)
                .flatMap(deployment -> bundles.find(deployment.sha256()).stream())
                .toList();
        bundles.startAll(enabled)
                .forEach((bundle, problem) -> LOG.error(
                        "The server starts without the bundle {}. {} `pawl module enable` tries it again.",
                        ModuleBundles.name(bundle),
                        problem.getMessage()));
    }

    /**
     * Disables a bundle that keeps the server from starting, so that the next start does without it. Waits for no turn: nobody else
     * makes a change before the server is up.
     *
     * @return what happened and what to do, in sentences for the operator
     */
    public String leaveOut(StartStallWatch.Held held, Duration patience) {
        String name = ModuleBundles.name(held.bundle());
        String why = held.where() + " did not come back within " + patience.toSeconds()
                + " s while the server started, and heeded no interrupt.";
        for (Deployment current : records.current()) {
            if (current.enabled() && current.sha256().equals(ModuleBundles.artifact(held.bundle()))) {
                Deployment disabled = current.with(false);
                records.put(disabled, new DeploymentChange(Action.DISABLE, "runtime", current, disabled), why);
                return "The module bundle " + name + " keeps the server from starting: " + why
                        + " It is disabled now: start the server again, and later try the bundle with `pawl module enable "
                        + current.modules().stream()
                                .map(ModuleIdentity::id)
                                .findFirst()
                                .orElse(current.bundle())
                        + "`.";
            }
        }
        return "The bundle " + name + " keeps the server from starting: " + why;
    }

    /** Reads every artifact once, also those that the bundle cache has, mends what can be mended and says what cannot. */
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
                            former, former.version() + ", a former version", "It cannot be gone back to until then."));
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
                    "Bundle {} {} is installed and cannot be brought back, so its modules ({}) are not there. {} {}",
                    deployment.bundle(),
                    deployment.version(),
                    moduleIds(deployment),
                    e.getMessage(),
                    e.code().remedy());
        } catch (RuntimeException e) {
            LOG.error("Bundle {} {} cannot be brought back.", deployment.bundle(), deployment.version(), e);
        }
    }

    private static String moduleIds(Deployment deployment) {
        return deployment.modules().stream().map(ModuleIdentity::id).collect(Collectors.joining(", "));
    }
}
