package dev.pawl.deploy;

import dev.pawl.deploy.artifact.ArtifactRepair;
import dev.pawl.deploy.artifact.Artifacts;
import dev.pawl.deploy.artifact.JarSignatures;
import dev.pawl.deploy.artifact.SharedJars;
import dev.pawl.deploy.bundle.CacheCopies;
import dev.pawl.deploy.bundle.JobDrain;
import dev.pawl.deploy.bundle.ModuleActivation;
import dev.pawl.deploy.bundle.ModuleBundles;
import dev.pawl.deploy.bundle.RetiringBundles;
import dev.pawl.deploy.bundle.TimedBundleCalls;
import dev.pawl.deploy.change.AvailableModules;
import dev.pawl.deploy.change.BundleReplacement;
import dev.pawl.deploy.change.DeploymentRecords;
import dev.pawl.deploy.change.DistributedModules;
import dev.pawl.deploy.change.FirstStart;
import dev.pawl.deploy.change.Following;
import dev.pawl.deploy.change.Installation;
import dev.pawl.deploy.change.ModuleChanges;
import dev.pawl.deploy.change.MutualJars;
import dev.pawl.deploy.change.Reconciliation;
import dev.pawl.deploy.change.RollOutSteps;
import dev.pawl.deploy.change.RollOuts;
import dev.pawl.deploy.folder.FolderPreparation;
import dev.pawl.deploy.folder.FolderRecord;
import dev.pawl.deploy.folder.ModulesFolder;
import dev.pawl.deploy.wiring.ImpactAnalysis;
import dev.pawl.deploy.wiring.TrialResolve;
import dev.pawl.deploy.wiring.WiringPolicy;
import dev.pawl.deploy.wiring.WiringRecord;
import dev.pawl.service.event.EventPublisher;
import dev.pawl.service.store.DeploymentStore;
import dev.pawl.service.store.SharedDeployments;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** The parts of the deployer, put together. They begin to work with {@link #begin}. */
final class DeployerParts {

    final EventPublisher events = new EventPublisher();
    final JobDrain drain;
    final Artifacts artifacts;
    final DeploymentRecords records;
    final Installation installation;
    final ModuleChanges changes;
    final ModuleNeeds needs;
    final WatchedFolder folder;
    final AvailableModules available;
    final ChangeTurn turn;

    /** Null where this server has its store alone. */
    final @Nullable RollOuts rollOuts;

    private final Folders folders;
    private final RetiringBundles retiring;
    private final ModuleBundles bundles;
    private final DistributedModules distributed;
    private final ServiceRegistration<ResolverHookFactory> moduleWires;
    private final @Nullable FollowThread follow;
    private final ServerStart start;

    DeployerParts(
            BundleContext context,
            DeploymentStore store,
            InstantSource clock,
            @Nullable ServiceComponentRuntime components) {
        this.folders = Folders.of(context);
        DeploySettings settings = DeploySettings.of(context);
        BundleContext framework =
                context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getBundleContext();
        SharedDeployments shared = store.shared().orElse(null);
        this.drain = new JobDrain(shared);
        this.artifacts = new Artifacts(folders.artifacts());
        SharedJars jars = shared == null ? null : new SharedJars(artifacts, shared);
        this.bundles = new ModuleBundles(framework, new TimedBundleCalls(settings.timeout()));
        ModuleActivation activation = new ModuleActivation(framework, components, drain);
        JarSignatures signatures = new JarSignatures(settings.trustedKeys());
        this.rollOuts =
                shared == null ? null : new RollOuts(shared.rollOuts(), bundles, drain, settings.proving(), clock);
        this.records = new DeploymentRecords(store, clock, settings.keptVersions(), events, jars, rollOuts);
        WiringRecord wires = new WiringRecord(folders.wires());
        ArtifactRepair repair = new ArtifactRepair(
                artifacts, List.of(folders.modules(), folders.distribution(), folders.available()), jars);
        this.retiring = new RetiringBundles(drain, this::here);
        ImpactAnalysis impacts = new ImpactAnalysis(bundles, artifacts, drain);
        BundleReplacement replacement =
                new BundleReplacement(bundles, artifacts, records, drain, retiring, impacts, activation);
        ServerTurn servers = null;
        if (jars != null && rollOuts != null) {
            RollOutSteps steps = new RollOutSteps(
                    jars.deployments().rollOuts(), rollOuts, bundles, settings.proving(), events, clock);
            Following following = new Following(
                    jars, bundles, records, repair, drain, retiring, replacement, activation, rollOuts, steps);
            servers = new ServerTurn(jars.deployments(), following, steps, this::othersChanged);
        }
        this.turn = new ChangeTurn(records, bundles, wires, servers);
        this.follow = servers == null ? null : new FollowThread(turn, servers, bundles);
        FirstStart firstStart = new FirstStart(bundles, records, activation, replacement);
        TrialResolve trial = new TrialResolve(framework);
        this.installation =
                new Installation(artifacts, bundles, records, signatures, trial, replacement, firstStart, clock);
        this.changes = new ModuleChanges(
                artifacts,
                signatures,
                bundles,
                records,
                drain,
                retiring,
                replacement,
                impacts,
                activation,
                repair,
                clock);
        this.available = new AvailableModules(folders.available(), records, installation, changes);
        MutualJars mutual = new MutualJars(artifacts, bundles, records, trial, installation, changes);
        this.needs = new ModuleNeeds(context);
        FolderPreparation preparation = new FolderPreparation(folders.modules(), artifacts, needs::meet);
        this.folder = new WatchedFolder(
                folders.modules(),
                new ModulesFolder(
                        folders.modules(),
                        artifacts,
                        new FolderRecord(folders.memory()),
                        records,
                        installation,
                        changes,
                        mutual,
                        preparation),
                preparation,
                turn);
        this.moduleWires = context.registerService(ResolverHookFactory.class, new WiringPolicy(wires), null);
        Reconciliation reconciliation =
                new Reconciliation(artifacts, bundles, records, repair, new CacheCopies(framework, artifacts));
        this.distributed = new DistributedModules(folders.distribution(), available, records, installation, mutual);
        this.start = new ServerStart(
                context,
                settings.timeout(),
                bundles,
                turn,
                reconciliation,
                firstStart,
                signatures,
                folder,
                this::followSoon);
    }

    /** Brings the framework in line with the records, the distribution and the modules folder, and starts the modules. */
    void begin() {
        start.begin(() -> {
            ChangeTurn.attempt(folders.distribution(), distributed::install);
            ChangeTurn.attempt(folders.modules(), folder::lookAtStart);
        });
        folder.watch();
        if (follow != null) {
            follow.start();
        }
    }

    private void othersChanged() {
        folder.othersChanged();
    }

    private void followSoon() {
        if (follow != null) {
            follow.wake();
        }
    }

    private void here(Runnable steps) {
        turn.runHere(steps);
    }

    /** Ends what began; the modules stop with the server. */
    void end() throws IOException {
        start.close();
        if (follow != null) {
            follow.close();
        }
        folder.close();
        retiring.close();
        if (bundles.isServerStopping()) {
            bundles.stopAll();
        }
        moduleWires.unregister();
    }
}
