package dev.pawl.deploy.change;

import dev.pawl.deploy.artifact.Artifacts;
import dev.pawl.deploy.bundle.JobDrain;
import dev.pawl.deploy.bundle.ModuleActivation;
import dev.pawl.deploy.bundle.ModuleBundles;
import dev.pawl.deploy.bundle.RetiringBundles;
import dev.pawl.deploy.wiring.ImpactAnalysis;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.Deployment.ModuleIdentity;
import dev.pawl.service.deploy.Impact;
import dev.pawl.service.job.JobMove;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.UpdateMode;
import dev.pawl.service.problem.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces one version of a bundle by another, or installs the first one, in this order:
 *
 * <ol>
 *   <li>the new artifact, which the caller has put on disk, is installed in the framework beside the old one;
 *   <li>the jobs are taken off the modules, which are held;
 *   <li>the old bundle is stopped, the new one is started and checked;
 *   <li>the record is written: <em>from here on the new version counts</em>;
 *   <li>the old bundle is uninstalled, former versions beyond the kept ones are removed, and the modules are released.
 * </ol>
 *
 * <p>When the running jobs may finish, they stay where they are and the old bundle keeps running beside the new one: it is {@linkplain
 * RetiringBundles retired} in the fifth step, and uninstalled when its last job has ended.
 *
 * <p>A failure up to the fourth step uninstalls the new bundle and starts the old one again. A process that dies anywhere is repaired by
 * {@link Reconciliation} at the next start, which follows the records: before the fourth step to the old version, after it to the new one.
 */
public final class BundleReplacement {

    private static final Logger LOG = LoggerFactory.getLogger(BundleReplacement.class);

    private final ModuleBundles bundles;
    private final Artifacts artifacts;
    private final DeploymentRecords records;
    private final JobDrain drain;
    private final RetiringBundles retiring;
    private final ImpactAnalysis impacts;
    private final ModuleActivation activation;

    public BundleReplacement(
            ModuleBundles bundles,
            Artifacts artifacts,
            DeploymentRecords records,
            JobDrain drain,
            RetiringBundles retiring,
            ImpactAnalysis impacts,
            ModuleActivation activation) {
        this.bundles = bundles;
        this.artifacts = artifacts;
        this.records = records;
        this.drain = drain;
        this.retiring = retiring;
        this.impacts = impacts;
        this.activation = activation;
    }

    /**
     * The effect of a replacement, or its forecast.
     *
     * @param jobs what happens to each running job
     * @param impact the effect on other bundles and on jobs
     */
    record Effect(List<JobMove> jobs, Impact impact) {}

    /** Forecasts the effect of {@link #perform} without changing anything. */
    Effect forecast(@Nullable Deployment from, Path next, UpdateMode mode) {
        return new Effect(
                from == null ? List.of() : drain.forecast(modules(from), mode), impacts.of(from, next, touched(from)));
    }

    /**
     * Makes the replacement; throws a {@link dev.pawl.service.problem.ProblemException} when it failed and was rolled back.
     *
     * @param to the new deployment
     */
    Effect perform(DeploymentChange change, Deployment to, UpdateMode mode, Duration drainTime) {
        return perform(change.from(), to, mode, drainTime, () -> {}, () -> {
            records.put(to, change);
            return records.prune(to.bundle(), change.from() == null);
        });
    }

    /**
     * Makes a replacement that another server has recorded, in the same order.
     *
     * @param starting is run before the new bundle is started
     * @param running is run in the place of the fourth step
     */
    void follow(
            @Nullable Deployment from,
            Deployment to,
            UpdateMode mode,
            Duration drainTime,
            Runnable starting,
            Runnable running) {
        perform(from, to, mode, drainTime, starting, () -> {
            running.run();
            return () -> {};
        });
    }

    /** @param recording writes the record, and returns an action that waits for the removal of old ones */
    private Effect perform(
            @Nullable Deployment from,
            Deployment to,
            UpdateMode mode,
            Duration drainTime,
            Runnable starting,
            Supplier<Runnable> recording) {
        Bundle next = bundles.install(to.sha256(), artifacts.open(to.sha256()));
        Optional<Bundle> old = Optional.ofNullable(from).flatMap(deployment -> bundles.find(deployment.sha256()));
        Impact impact = impacts.of(from, artifacts.path(to.sha256()), touched(from));
        Set<String> held = from == null ? Set.of() : modules(from);
        boolean beside =
                mode == UpdateMode.FINISH && old.filter(BundleReplacement::runs).isPresent();
        boolean wasRetiring = retiring.reinstate(next);
        DrainedChange frame = new DrainedChange(drain, held);
        frame.onFailure(
                () -> old.filter(bundle -> from != null && from.enabled()).ifPresent(bundles::start));
        frame.onFailure(() -> {
            if (wasRetiring) {
                retiring.retire(next, bundles::uninstall);
            } else {
                bundles.uninstall(next);
            }
        });
        Runnable pruned = frame.perform(mode, drainTime, ParkReason.MODULE_UPDATE, () -> {
            if (!beside) {
                old.ifPresent(bundles::stop);
            }
            starting.run();
            activate(next, to);
            Runnable pruning = recording.get();
            frame.keep();
            old.ifPresent(beside ? bundle -> retiring.retire(bundle, bundles::uninstall) : bundles::uninstall);
            return pruning;
        });
        pruned.run();
        artifacts.retain(records.artifacts());
        startResolvableAgain();
        return new Effect(frame.jobs(), impact);
    }

    /**
     * Starts bundles whose missing packages are available again: they stopped when a version was removed, and nothing else would start
     * them.
     */
    private void startResolvableAgain() {
        if (!bundles.modulesRun()) {
            return; // each bundle is started later
        }
        records.current().stream()
                .filter(Deployment::enabled)
                .flatMap(deployment -> bundles.find(deployment.sha256()).stream())
                .filter(bundle -> bundle.getState() == Bundle.INSTALLED)
                .forEach(this::startIfItCan);
    }

    private void startIfItCan(Bundle lacking) {
        try {
            bundles.resolve(lacking);
            bundles.start(lacking);
            LOG.info("Bundle {} resolves again.", ModuleBundles.name(lacking));
        } catch (ProblemException e) {
            LOG.debug("Bundle {} is not running yet.", ModuleBundles.name(lacking), e);
        }
    }

    private static boolean runs(Bundle bundle) {
        return bundle.getState() == Bundle.ACTIVE;
    }

    private void activate(Bundle next, Deployment to) {
        if (to.enabled()) {
            bundles.resolve(next);
            bundles.start(next);
            if (bundles.modulesRun()) {
                activation.check(next, to.modules());
            }
        }
    }

    /** The symbolic names of the other bundles that are restarted when this one is removed. */
    List<String> touched(@Nullable Deployment from) {
        return Optional.ofNullable(from)
                .flatMap(deployment -> bundles.find(deployment.sha256()))
                .map(bundle -> bundles.dependents(bundle).stream()
                        .map(Bundle::getSymbolicName)
                        .filter(name -> !name.equals(bundle.getSymbolicName()))
                        .distinct()
                        .sorted()
                        .toList())
                .orElse(List.of());
    }

    /** The modules of the bundle and of those that are restarted with it. */
    Set<String> modules(Deployment from) {
        List<String> touched = touched(from);
        Set<String> modules = new TreeSet<>();
        from.modules().stream().map(ModuleIdentity::id).forEach(modules::add);
        records.current().stream()
                .filter(other -> touched.contains(other.bundle()))
                .flatMap(other -> other.modules().stream())
                .map(ModuleIdentity::id)
                .forEach(modules::add);
        return modules;
    }
}
