package dev.pawl.deploy.change;

import dev.pawl.deploy.bundle.ModuleActivation;
import dev.pawl.deploy.bundle.ModuleBundles;
import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.HistoryEntry.Action;
import dev.pawl.service.deploy.HistoryEntry.Outcome;
import dev.pawl.service.job.UpdateMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks, once the framework has started, the bundles that were installed while it was starting, since they run for the first time only
 * then. One that fails is replaced by the previous version.
 */
public final class FirstStart {

    private static final Logger LOG = LoggerFactory.getLogger(FirstStart.class);

    private final ModuleBundles bundles;
    private final DeploymentRecords records;
    private final ModuleActivation activation;
    private final BundleReplacement replacement;
    private final List<Candidate> candidates = new ArrayList<>();

    public FirstStart(
            ModuleBundles bundles,
            DeploymentRecords records,
            ModuleActivation activation,
            BundleReplacement replacement) {
        this.bundles = bundles;
        this.records = records;
        this.activation = activation;
        this.replacement = replacement;
    }

    /** A bundle to check, and the version that it replaced. */
    private record Candidate(@Nullable Deployment from, Deployment to) {}

    /** Registers a bundle for a later check when it does not run at once. */
    void await(@Nullable Deployment from, Deployment to) {
        if (to.enabled() && !bundles.modulesRun()) {
            candidates.add(new Candidate(from, to));
        }
    }

    /** Checks all registered bundles; returns their number. */
    public int check() {
        List<Candidate> checked = List.copyOf(candidates);
        candidates.clear();
        for (Candidate candidate : checked) {
            boolean stillThere = records.ofBundle(candidate.to.bundle())
                    .filter(current -> current.sha256().equals(candidate.to.sha256()) && current.enabled())
                    .isPresent();
            if (stillThere) {
                check(candidate);
            }
        }
        return checked.size();
    }

    private void check(Candidate candidate) {
        try {
            bundles.find(candidate.to.sha256()).ifPresent(bundle -> {
                bundles.resolve(bundle);
                bundles.start(bundle);
                activation.check(bundle, candidate.to.modules());
            });
        } catch (RuntimeException e) {
            if (candidate.from == null) {
                LOG.error("Bundle {} {} failed its first start.", candidate.to.bundle(), candidate.to.version(), e);
            } else {
                LOG.error(
                        "Bundle {} {} failed its first start; {} is restored.",
                        candidate.to.bundle(),
                        candidate.to.version(),
                        candidate.from.version(),
                        e);
                restore(candidate.to, candidate.from, e);
            }
        }
    }

    private void restore(Deployment failed, Deployment before, RuntimeException why) {
        records.note(new DeploymentChange(Action.UPDATE, failed.installedBy(), before, failed), Outcome.FAILED, why);
        replacement.perform(
                new DeploymentChange(Action.ROLLBACK, "runtime", failed, before),
                before,
                UpdateMode.NOW,
                ChangeOptions.DEFAULT_DRAIN_TIME);
    }
}
