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
 * Judges, once the framework has started, the bundles that were taken in while it was starting: only then have they run for the
 * first time. One that fails makes room for the version before it.
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

    /** A bundle that is to be judged, and what it replaced. */
    private record Candidate(@Nullable Deployment from, Deployment to) {}

    /** Has a bundle judged later, when it does not run at once. */
    void await(@Nullable Deployment from, Deployment to) {
        if (to.enabled() && !bundles.modulesRun()) {
            candidates.add(new Candidate(from, to));
        }
    }

    /** Judges all that wait for it; says how many they were. */
    public int judge() {
        List<Candidate> judged = List.copyOf(candidates);
        candidates.clear();
        for (Candidate candidate : judged) {
            boolean stillThere = records.ofBundle(candidate.to.bundle())
                    .filter(current -> current.sha256().equals(candidate.to.sha256()) && current.enabled())
                    .isPresent();
            if (stillThere) {
                judge(candidate);
            }
        }
        return judged.size();
    }

    private void judge(Candidate candidate) {
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
                        "Bundle {} {} failed its first start; {} is put back.",
                        candidate.to.bundle(),
                        candidate.to.version(),
                        candidate.from.version(),
                        e);
                putBack(candidate.to, candidate.from, e);
            }
        }
    }

    private void putBack(Deployment failed, Deployment before, RuntimeException why) {
        records.note(new DeploymentChange(Action.UPDATE, failed.installedBy(), before, failed), Outcome.FAILED, why);
        replacement.perform(
                new DeploymentChange(Action.ROLLBACK, "runtime", failed, before),
                before,
                UpdateMode.NOW,
                ChangeOptions.DEFAULT_DRAIN_TIME);
    }
}
