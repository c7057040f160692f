package dev.pawl.deploy.change;

import dev.pawl.deploy.artifact.ArtifactRepair;
import dev.pawl.deploy.artifact.SharedJars;
import dev.pawl.deploy.bundle.JobDrain;
import dev.pawl.deploy.bundle.ModuleActivation;
import dev.pawl.deploy.bundle.ModuleBundles;
import dev.pawl.deploy.bundle.RetiringBundles;
import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.Deployment.ModuleIdentity;
import dev.pawl.service.deploy.HistoryEntry.Action;
import dev.pawl.service.deploy.HistoryEntry.Outcome;
import dev.pawl.service.deploy.RollOut;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.UpdateMode;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.ServerModule;
import dev.pawl.service.store.ServerModule.State;
import dev.pawl.service.store.SharedDeployments;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the deployments that other servers on the same store make, and tells them what runs here. A version that does not start here is taken
 * back for all: the one that ran here before becomes the current one again. Called by one thread at a time, in its turn among the servers.
 */
public final class Following {

    private static final Logger LOG = LoggerFactory.getLogger(Following.class);
    private static final long TOLD_AGAIN_NS = TimeUnit.SECONDS.toNanos(10);

    private final SharedDeployments shared;
    private final SharedJars jars;
    private final ModuleBundles bundles;
    private final DeploymentRecords records;
    private final ArtifactRepair repair;
    private final JobDrain drain;
    private final RetiringBundles retiring;
    private final BundleReplacement replacement;
    private final ModuleActivation activation;
    private final RollOuts rollOuts;
    private final RollOutSteps steps;
    private final Map<String, String> failures = new HashMap<>(); // by digest
    private final Map<String, String> waiting = new HashMap<>(); // by digest, with the reason that was logged
    private long followed = -1;
    private List<ServerModule> told = List.of();
    private long toldNs;

    public Following(
            SharedJars jars,
            ModuleBundles bundles,
            DeploymentRecords records,
            ArtifactRepair repair,
            JobDrain drain,
            RetiringBundles retiring,
            BundleReplacement replacement,
            ModuleActivation activation,
            RollOuts rollOuts,
            RollOutSteps steps) {
        this.shared = jars.deployments();
        this.jars = jars;
        this.bundles = bundles;
        this.records = records;
        this.repair = repair;
        this.drain = drain;
        this.retiring = retiring;
        this.replacement = replacement;
        this.activation = activation;
        this.rollOuts = rollOuts;
        this.steps = steps;
    }

    /** Whether something was changed that was not followed yet; asks the store. */
    public boolean isBehind() {
        return shared.changes() != followed;
    }

    /**
     * Brings this server in line with the records. A fault in one bundle does not keep the others from being followed.
     *
     * @return whether it is in line now, and was not before
     */
    public boolean follow() {
        long changes = shared.changes();
        if (changes == followed) {
            return false;
        }
        List<Deployment> current = records.current();
        Set<String> wanted = current.stream().map(Deployment::sha256).collect(Collectors.toSet());
        Set<String> names = current.stream().map(Deployment::bundle).collect(Collectors.toSet());
        failures.keySet().retainAll(wanted);
        waiting.keySet().retainAll(wanted);
        boolean whole = true;
        for (Deployment deployment : current) {
            whole &= isFollowed(deployment);
        }
        for (Bundle bundle : bundles.installed()) {
            boolean isGone =
                    !names.contains(bundle.getSymbolicName()) && !wanted.contains(ModuleBundles.artifact(bundle));
            if (isGone && !retiring.isRetiring(ModuleBundles.artifact(bundle))) {
                remove(bundle);
            }
        }
        if (whole) {
            followed = changes;
            jars.forgetUnnamed();
        }
        told = List.of(); // what is wanted is another than before: whether it runs here is said anew
        report(current);
        return whole;
    }

    /** @return whether nothing is left to do for it, now or at all */
    private boolean isFollowed(Deployment to) {
        if (failures.containsKey(to.sha256())) {
            return true;
        }
        Optional<Bundle> installed = bundles.find(to.sha256());
        boolean isRunning = installed.filter(Following::runs).isPresent() && !retiring.isRetiring(to.sha256());
        if (installed.isPresent() && isRunning == to.enabled()) {
            steps.runs(to);
            return true;
        }
        Deployment from = installed.isPresent() ? null : runningBefore(to);
        try {
            if (!waiting.containsKey(to.sha256())) {
                LOG.info("Follows {} {}, which another server has deployed.", to.bundle(), to.version());
            }
            if (installed.isPresent()) {
                change(installed.get(), to);
            } else {
                repair.ensure(to);
                replacement.follow(
                        from,
                        to,
                        UpdateMode.MOVE,
                        ChangeOptions.DEFAULT_DRAIN_TIME,
                        () -> steps.starts(to),
                        () -> running(to));
            }
            waiting.remove(to.sha256());
            records.followed(followed(from, to));
            return true;
        } catch (ProblemException e) {
            if (e.code() == ProblemCode.STORE_UNAVAILABLE || e.code() == ProblemCode.ARTIFACT_LOST) {
                return later(to, e); // this says nothing about the version
            }
            failures.put(to.sha256(), String.valueOf(e.getMessage()));
            takeBack(from, to, e);
            return true;
        } catch (RuntimeException e) { // a fault of this server
            return later(to, e);
        }
    }

    /** Tells the others before jobs may begin with it that this server has another version by now. */
    private void running(Deployment to) {
        steps.runs(to);
        shared.report(said(to));
    }

    private static DeploymentChange followed(@Nullable Deployment from, Deployment to) {
        Action action = from == null ? Action.INSTALL : Action.UPDATE;
        return new DeploymentChange(action, to.installedBy(), from, to);
    }

    /** Leaves a deployment to the next look, a second later; the reason is logged when it is another one. */
    private boolean later(Deployment to, RuntimeException why) {
        String reason = String.valueOf(why.getMessage());
        if (!reason.equals(waiting.put(to.sha256(), reason))) {
            LOG.warn("{} {} cannot be followed yet.", to.bundle(), to.version(), why);
        }
        return false;
    }

    private static boolean runs(Bundle bundle) {
        return bundle.getState() == Bundle.ACTIVE;
    }

    /** The version that is installed here and no longer the current one. */
    private @Nullable Deployment runningBefore(Deployment to) {
        Set<String> here =
                bundles.installed().stream().map(ModuleBundles::artifact).collect(Collectors.toSet());
        return records.former(to.bundle()).stream()
                .filter(former -> here.contains(former.sha256()) && !retiring.isRetiring(former.sha256()))
                .findFirst()
                .orElse(null);
    }

    /** Starts or stops a bundle whose record says so. */
    private void change(Bundle bundle, Deployment to) {
        if (to.enabled()) {
            retiring.reinstate(bundle);
            bundles.resolve(bundle);
            bundles.start(bundle);
            if (bundles.modulesRun()) {
                activation.check(bundle, to.modules());
            }
        } else {
            drained(modules(to), () -> bundles.rest(bundle));
        }
    }

    private void remove(Bundle bundle) {
        List<String> modules = records.former(bundle.getSymbolicName()).stream()
                .filter(former -> former.sha256().equals(ModuleBundles.artifact(bundle)))
                .flatMap(former -> modules(former).stream())
                .toList();
        LOG.info("Removes {}, which another server has uninstalled.", ModuleBundles.name(bundle));
        drained(modules, () -> {
            bundles.stop(bundle);
            bundles.uninstall(bundle);
        });
    }

    private void drained(List<String> modules, Runnable steps) {
        new DrainedChange(drain, modules)
                .perform(UpdateMode.MOVE, ChangeOptions.DEFAULT_DRAIN_TIME, ParkReason.MODULE_GONE, () -> {
                    steps.run();
                    return true;
                });
    }

    private static List<String> modules(Deployment deployment) {
        return deployment.modules().stream().map(ModuleIdentity::id).toList();
    }

    /** The record goes back to the version that serves here, unless it was changed meanwhile; the other servers follow that. */
    private void takeBack(@Nullable Deployment from, Deployment to, ProblemException why) {
        records.note(new DeploymentChange(Action.UPDATE, to.installedBy(), from, to), Outcome.FAILED, why);
        Optional<RollOut> live = steps.taken(to);
        if (live.isPresent()) {
            rollOuts.goBackAnyway(
                    live.get(), "runtime", "It does not start on one of the servers: " + why.getMessage());
            return;
        }
        boolean isStillWanted = records.ofBundle(to.bundle())
                .filter(now -> now.sha256().equals(to.sha256()))
                .isPresent();
        if (from == null || !isStillWanted) {
            LOG.error("Bundle {} {} does not run here. {}", to.bundle(), to.version(), why.getMessage());
            return;
        }
        LOG.error(
                "Bundle {} {} does not start here; {} is restored on all servers. {}",
                to.bundle(),
                to.version(),
                from.version(),
                why.getMessage());
        records.put(from, new DeploymentChange(Action.ROLLBACK, "runtime", to, from), String.valueOf(why.getMessage()));
    }

    /** Tells the other servers what runs here: when it is something else than before, and now and then, since they forget one without a lease. */
    public void report() {
        report(records.current());
    }

    private void report(List<Deployment> current) {
        List<ServerModule> now = new ArrayList<>();
        for (Deployment deployment : current) {
            now.add(said(deployment));
        }
        if (!now.equals(told) || System.nanoTime() - toldNs > TOLD_AGAIN_NS) {
            shared.report(now);
            drain.wake(); // there may be jobs for what runs here by now
            told = now;
            toldNs = System.nanoTime();
        }
    }

    private ServerModule said(Deployment deployment) {
        Optional<Bundle> running = bundleOf(deployment);
        return new ServerModule(
                deployment.bundle(),
                running.map(bundle -> bundle.getVersion().toString()).orElse(deployment.version()),
                running.map(ModuleBundles::artifact).orElse(deployment.sha256()),
                state(deployment, running.isPresent()),
                failures.getOrDefault(deployment.sha256(), ""));
    }

    /** The bundle that takes jobs: that of the record, or still the one before it. */
    private Optional<Bundle> bundleOf(Deployment deployment) {
        return bundles.installed().stream()
                .filter(bundle -> deployment.bundle().equals(bundle.getSymbolicName()))
                .filter(bundle -> runs(bundle) && !retiring.isRetiring(ModuleBundles.artifact(bundle)))
                .max(Comparator.comparing(
                        bundle -> ModuleBundles.artifact(bundle).equals(deployment.sha256())));
    }

    private State state(Deployment deployment, boolean runs) {
        if (runs) {
            return steps.isProving(deployment) ? State.PROVING : State.SERVING;
        }
        return deployment.enabled() ? State.FAILED : State.STOPPED;
    }
}
