package dev.pawl.deploy;

import dev.pawl.api.catalog.Deployed;
import dev.pawl.api.catalog.Deployed.Change;
import dev.pawl.api.catalog.Deployment;
import dev.pawl.api.catalog.Deployment.ModuleIdentity;
import dev.pawl.api.catalog.Deployment.Origin;
import dev.pawl.api.catalog.InstallOptions;
import dev.pawl.api.job.JobMove;
import dev.pawl.api.job.UpdateMode;
import dev.pawl.api.problem.ProblemCode;
import dev.pawl.api.problem.ProblemException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes what is installed already. The record is written last but before anything is thrown away, so that a process that dies
 * comes up again with the state before or the one after.
 */
final class Changes {

    private static final Logger LOG = LoggerFactory.getLogger(Changes.class);

    private final Artifacts artifacts;
    private final Bundles bundles;
    private final Records records;
    private final Drain drain;
    private final Swap swap;
    private final Activation activation;
    private final InstantSource clock;

    Changes(
            Artifacts artifacts,
            Bundles bundles,
            Records records,
            Drain drain,
            Swap swap,
            Activation activation,
            InstantSource clock) {
        this.artifacts = artifacts;
        this.bundles = bundles;
        this.records = records;
        this.drain = drain;
        this.swap = swap;
        this.activation = activation;
        this.clock = clock;
    }

    Deployed uninstall(Deployment gone, UpdateMode mode) {
        Set<String> modules = swap.modules(gone);
        Optional<Bundle> bundle = bundles.find(gone.sha256());
        List<String> touched = swap.touched(gone);
        List<JobMove> jobs = drain.begin(modules, mode, InstallOptions.DEFAULT_DRAIN_TIME);
        try {
            bundle.ifPresent(bundles::stop);
            records.remove(gone.bundle());
            bundle.ifPresent(bundles::uninstall);
        } catch (RuntimeException e) {
            bundle.filter(stopped ->
                            gone.enabled() && records.ofBundle(gone.bundle()).isPresent())
                    .ifPresent(bundles::start);
            throw e;
        } finally {
            drain.end(modules);
        }
        artifacts.retain(records.artifacts());
        return logged(new Deployed(Change.UNINSTALLED, gone, gone.version(), jobs, touched));
    }

    Deployed enable(Deployment deployment) {
        if (deployment.enabled() && isActive(deployment)) {
            return unchanged(deployment);
        }
        Bundle bundle = require(deployment);
        boolean done = false;
        try {
            bundles.start(bundle);
            activation.check(bundle, deployment.modules());
            Deployment enabled = enabled(deployment, true);
            records.put(enabled);
            done = true;
            return logged(new Deployed(Change.ENABLED, enabled, deployment.version(), List.of(), List.of()));
        } finally {
            if (!done && !deployment.enabled()) {
                bundles.stop(bundle);
            }
        }
    }

    Deployed disable(Deployment deployment, UpdateMode mode) {
        if (!deployment.enabled()) {
            return unchanged(deployment);
        }
        List<String> modules = moduleIds(deployment);
        Bundle bundle = require(deployment);
        List<JobMove> jobs = drain.begin(modules, mode, InstallOptions.DEFAULT_DRAIN_TIME);
        try {
            bundles.stop(bundle);
            Deployment disabled = enabled(deployment, false);
            records.put(disabled);
            return logged(new Deployed(Change.DISABLED, disabled, deployment.version(), jobs, List.of()));
        } catch (RuntimeException e) {
            bundles.start(bundle);
            throw e;
        } finally {
            drain.end(modules);
        }
    }

    Deployed rollback(Deployment from, UpdateMode mode) {
        Deployment before = former(from.bundle()).stream()
                .filter(former -> !former.sha256().equals(from.sha256()))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.NO_FORMER_VERSION,
                        "Of the bundle " + from.bundle() + " " + from.version() + " no former version is kept."));
        // somebody decided for it: neither the modules folder nor the distribution takes it back
        Deployment to = new Deployment(
                before.bundle(),
                before.version(),
                before.sha256(),
                before.modules(),
                Origin.API,
                before.source(),
                from.enabled(),
                clock.instant(),
                "rollback");
        Swap.Effect effect = swap.perform(from, to, mode, InstallOptions.DEFAULT_DRAIN_TIME);
        return logged(new Deployed(Change.ROLLED_BACK, to, from.version(), effect.jobs(), effect.touched()));
    }

    /** The versions that one can go back to: those whose artifact is there. */
    List<Deployment> former(String bundle) {
        return records.former(bundle).stream()
                .filter(former -> artifacts.has(former.sha256()))
                .toList();
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

    private static Deployed logged(Deployed done) {
        LOG.info(
                "{} {} {}.",
                done.change(),
                done.deployment().bundle(),
                done.deployment().version());
        return done;
    }

    private static Deployed unchanged(Deployment deployment) {
        return new Deployed(Change.UNCHANGED, deployment, deployment.version(), List.of(), List.of());
    }

    private static Deployment enabled(Deployment was, boolean enabled) {
        return new Deployment(
                was.bundle(),
                was.version(),
                was.sha256(),
                was.modules(),
                was.origin(),
                was.source(),
                enabled,
                was.installedAt(),
                was.installedBy());
    }
}
