package dev.pawl.deploy.change;

import dev.pawl.deploy.artifact.ArtifactRepair;
import dev.pawl.deploy.artifact.Artifacts;
import dev.pawl.deploy.artifact.JarSignatures;
import dev.pawl.deploy.bundle.JobDrain;
import dev.pawl.deploy.bundle.ModuleActivation;
import dev.pawl.deploy.bundle.ModuleBundles;
import dev.pawl.deploy.bundle.RetiringBundles;
import dev.pawl.deploy.wiring.ImpactAnalysis;
import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.Deployed;
import dev.pawl.service.deploy.Deployed.Change;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.Deployment.ModuleIdentity;
import dev.pawl.service.deploy.Deployment.Origin;
import dev.pawl.service.deploy.HistoryEntry.Action;
import dev.pawl.service.deploy.Impact;
import dev.pawl.service.job.JobMove;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.UpdateMode;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes installed modules: uninstall, enable, disable, roll back. The record is written last but before anything is deleted, so that
 * after a crash the server starts with either the old or the new state.
 */
public final class ModuleChanges {

    private static final Logger LOG = LoggerFactory.getLogger(ModuleChanges.class);

    /** The least number of digits of a digest: enough to tell two artifacts of a bundle apart, and few enough to type. */
    private static final int LEAST_DIGITS = 8;

    private final Artifacts artifacts;
    private final JarSignatures signatures;
    private final ModuleBundles bundles;
    private final DeploymentRecords records;
    private final JobDrain drain;
    private final RetiringBundles retiring;
    private final BundleReplacement replacement;
    private final ImpactAnalysis impacts;
    private final ModuleActivation activation;
    private final ArtifactRepair repair;
    private final InstantSource clock;

    public ModuleChanges(
            Artifacts artifacts,
            JarSignatures signatures,
            ModuleBundles bundles,
            DeploymentRecords records,
            JobDrain drain,
            RetiringBundles retiring,
            BundleReplacement replacement,
            ImpactAnalysis impacts,
            ModuleActivation activation,
            ArtifactRepair repair,
            InstantSource clock) {
        this.artifacts = artifacts;
        this.signatures = signatures;
        this.bundles = bundles;
        this.records = records;
        this.drain = drain;
        this.retiring = retiring;
        this.replacement = replacement;
        this.impacts = impacts;
        this.activation = activation;
        this.repair = repair;
        this.clock = clock;
    }

    public Deployed uninstall(Deployment gone, ChangeOptions options) {
        records.refuseAmidRollOut(gone.bundle());
        Set<String> modules = replacement.modules(gone);
        Impact impact = impacts.of(gone, null, replacement.touched(gone));
        if (options.dryRun()) {
            List<JobMove> forecast = drain.forecast(modules, options.mode());
            return new Deployed(Change.UNINSTALLED, gone, gone.version(), forecast, impact);
        }
        DeploymentChange change = new DeploymentChange(Action.UNINSTALL, options.by(), gone, null);
        Optional<Bundle> bundle = bundles.find(gone.sha256());
        boolean finish = options.mode() == UpdateMode.FINISH;
        DrainedChange frame = new DrainedChange(drain, modules);
        frame.onFailure(() -> bundle.filter(stopped ->
                        gone.enabled() && records.ofBundle(gone.bundle()).isPresent())
                .ifPresent(bundles::start));
        Deployed done = records.telling(
                change,
                () -> frame.perform(options.mode(), options.drainTime(), ParkReason.MODULE_GONE, () -> {
                    if (!finish) {
                        bundle.ifPresent(bundles::stop);
                    }
                    records.remove(gone.bundle(), change);
                    bundle.ifPresent(finish ? left -> retiring.retire(left, bundles::uninstall) : bundles::uninstall);
                    return new Deployed(Change.UNINSTALLED, gone, gone.version(), frame.jobs(), impact);
                }));
        artifacts.retain(records.artifacts());
        return logged(done, options);
    }

    public Deployed enable(Deployment deployment, ChangeOptions options) {
        records.refuseAmidRollOut(deployment.bundle());
        if (deployment.enabled() && isActive(deployment)) {
            return unchanged(deployment);
        }
        Deployment enabled = deployment.with(true);
        Deployed changed =
                new Deployed(Change.ENABLED, enabled, deployment.version(), List.of(), impacts.ofStart(deployment));
        if (options.dryRun()) {
            return changed;
        }
        DeploymentChange change = new DeploymentChange(Action.ENABLE, options.by(), deployment, enabled);
        Bundle bundle = require(deployment);
        return records.telling(change, () -> {
            try {
                bundles.start(bundle);
                activation.check(bundle, deployment.modules());
                records.put(enabled, change);
                retiring.reinstate(bundle); // it may be disabled and still finishing its jobs
                return logged(changed, options);
            } catch (RuntimeException e) {
                if (!deployment.enabled()) {
                    bundles.stop(bundle);
                }
                throw e;
            }
        });
    }

    public Deployed disable(Deployment deployment, ChangeOptions options) {
        records.refuseAmidRollOut(deployment.bundle());
        if (!deployment.enabled()
                && !isActive(deployment)) { // an active one is finishing its jobs, which may now be interrupted
            return unchanged(deployment);
        }
        boolean finish = options.mode() == UpdateMode.FINISH;
        if (!deployment.enabled() && finish && retiring.isRetiring(deployment.sha256())) {
            return unchanged(deployment);
        }
        Deployment disabled = deployment.with(false);
        List<String> modules = moduleIds(deployment);
        Impact impact = impacts.ofStop(deployment);
        if (options.dryRun()) {
            List<JobMove> forecast = drain.forecast(modules, options.mode());
            return new Deployed(Change.DISABLED, disabled, deployment.version(), forecast, impact);
        }
        DeploymentChange change = new DeploymentChange(Action.DISABLE, options.by(), deployment, disabled);
        Bundle bundle = require(deployment);
        DrainedChange frame = new DrainedChange(drain, modules);
        if (deployment.enabled()) {
            frame.onFailure(() -> bundles.start(bundle));
        }
        return records.telling(
                change,
                () -> frame.perform(options.mode(), options.drainTime(), ParkReason.MODULE_GONE, () -> {
                    if (finish) {
                        records.put(disabled, change);
                        retiring.retire(bundle, bundles::rest);
                    } else {
                        retiring.reinstate(bundle); // if it was finishing its jobs, they have been taken off it by now
                        bundles.rest(bundle);
                        records.put(disabled, change);
                    }
                    return logged(
                            new Deployed(Change.DISABLED, disabled, deployment.version(), frame.jobs(), impact),
                            options);
                }));
    }

    public Deployed rollback(Deployment from, @Nullable String version, ChangeOptions options) {
        records.refuseAmidRollOut(from.bundle());
        Deployment before = wanted(from, version);
        repair.ensure(before);
        checkSignature(before);
        // a user chose this version: neither the modules folder nor the distribution may replace it
        Deployment to = new Deployment(
                before.bundle(),
                before.version(),
                before.sha256(),
                before.modules(),
                Origin.API,
                before.source(),
                from.enabled(),
                clock.instant(),
                options.by(),
                before.signer());
        if (options.dryRun()) {
            BundleReplacement.Effect effect = replacement.forecast(from, artifacts.path(to.sha256()), options.mode());
            return new Deployed(Change.ROLLED_BACK, to, from.version(), effect.jobs(), effect.impact());
        }
        DeploymentChange change = new DeploymentChange(Action.ROLLBACK, options.by(), from, to, options.canary());
        BundleReplacement.Effect effect =
                records.telling(change, () -> replacement.perform(change, to, options.mode(), options.drainTime()));
        return logged(new Deployed(Change.ROLLED_BACK, to, from.version(), effect.jobs(), effect.impact()), options);
    }

    /** The versions to which a rollback is possible: those whose artifact exists. */
    public List<Deployment> former(String bundle) {
        return records.former(bundle).stream()
                .filter(former -> repair.canHave(former.sha256()))
                .toList();
    }

    private Deployment wanted(Deployment from, @Nullable String version) {
        List<Deployment> kept = former(from.bundle()).stream()
                .filter(former -> !former.sha256().equals(from.sha256()))
                .toList();
        if (kept.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.NO_FORMER_VERSION,
                    "No former version of the bundle " + from.bundle() + " " + from.version() + " is kept.");
        }
        return kept.stream()
                .filter(former -> version == null || is(former, version))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.NO_FORMER_VERSION,
                        "The version " + version + " of the bundle " + from.bundle() + " is not kept; the kept "
                                + "ones are "
                                + names(kept) + "."));
    }

    /** Refuses a rollback to a version whose signer is no longer trusted; a certificate that has expired since is accepted. */
    private void checkSignature(Deployment before) {
        if (before.origin() != Origin.DISTRIBUTION) {
            signatures.check(artifacts.path(before.sha256()), before.installedAt());
        }
    }

    /** Lists versions; builds of a snapshot have the same version, so their digests are added. */
    static boolean is(Deployment former, String version) {
        return former.version().equals(version)
                || (version.length() >= LEAST_DIGITS && former.sha256().startsWith(version.toLowerCase(Locale.ROOT)));
    }

    private static String names(List<Deployment> kept) {
        boolean distinct = kept.stream().map(Deployment::version).distinct().count() == kept.size();
        return kept.stream()
                .map(one -> one.version() + (distinct ? "" : " (" + one.sha256().substring(0, LEAST_DIGITS) + ")"))
                .collect(Collectors.joining(", "));
    }

    private boolean isActive(Deployment deployment) {
        return bundles.find(deployment.sha256())
                .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
                .isPresent();
    }

    private Bundle require(Deployment deployment) {
        return bundles.find(deployment.sha256())
                .orElseGet(() -> bundles.install(deployment.sha256(), artifacts.open(deployment.sha256())));
    }

    private static List<String> moduleIds(Deployment deployment) {
        return deployment.modules().stream().map(ModuleIdentity::id).toList();
    }

    private static Deployed logged(Deployed done, ChangeOptions options) {
        LOG.info(
                "{} {} {} for {}.",
                done.change(),
                done.deployment().bundle(),
                done.deployment().version(),
                options.by());
        return done;
    }

    private static Deployed unchanged(Deployment deployment) {
        return new Deployed(Change.UNCHANGED, deployment, deployment.version(), List.of(), Impact.NONE);
    }
}
