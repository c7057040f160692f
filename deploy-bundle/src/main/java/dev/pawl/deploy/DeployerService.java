package dev.pawl.deploy;

import dev.pawl.deploy.artifact.ArtifactRepair;
import dev.pawl.deploy.artifact.Artifacts;
import dev.pawl.deploy.artifact.CandidateJar;
import dev.pawl.deploy.artifact.JarSignatures;
import dev.pawl.deploy.artifact.SharedJars;
import dev.pawl.deploy.artifact.SourceFolder;
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
import dev.pawl.deploy.pack.ModuleSource;
import dev.pawl.deploy.wiring.ImpactAnalysis;
import dev.pawl.deploy.wiring.TrialResolve;
import dev.pawl.deploy.wiring.WiringPolicy;
import dev.pawl.deploy.wiring.WiringRecord;
import dev.pawl.service.deploy.AvailableModule;
import dev.pawl.service.deploy.ChangeOptions;
import dev.pawl.service.deploy.Deployed;
import dev.pawl.service.deploy.Deployer;
import dev.pawl.service.deploy.Deployment;
import dev.pawl.service.deploy.Deployment.Origin;
import dev.pawl.service.deploy.FolderReport;
import dev.pawl.service.deploy.HistoryEntry;
import dev.pawl.service.deploy.InstallOptions;
import dev.pawl.service.deploy.RollOut;
import dev.pawl.service.event.EventPublisher;
import dev.pawl.service.event.EventSink;
import dev.pawl.service.job.ModuleDrain;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.DeploymentStore;
import dev.pawl.service.store.SharedDeployments;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/**
 * The deployer: passes changes, one at a time, to the classes that make them. Its activation brings the framework in line with the records,
 * the distribution and the modules folder, and starts the modules; they stop with the server.
 */
@Component(service = Deployer.class, immediate = true)
public final class DeployerService implements Deployer {

    private final JobDrain drain;
    private final Artifacts artifacts;
    private final EventPublisher events = new EventPublisher();
    private final RetiringBundles retiring;
    private final ModuleBundles bundles;
    private final JarSignatures signatures;
    private final DeploymentRecords records;
    private final Installation installation;
    private final ModuleChanges changes;
    private final ModuleNeeds needs;
    private final WatchedFolder folder;
    private final AvailableModules available;
    private final ChangeTurn turn;
    private final ServiceRegistration<ResolverHookFactory> moduleWires;
    private final @Nullable RollOuts rollOuts;
    private final @Nullable FollowThread follow;
    private final ServerStart start;

    /** Assembles the deployer and brings the framework in line with the records. */
    @Activate
    public DeployerService(
            BundleContext context,
            @Reference DeploymentStore store,
            @Reference InstantSource clock,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL) @Nullable ServiceComponentRuntime components) {
        Folders folders = Folders.of(context);
        DeploySettings settings = DeploySettings.of(context);
        BundleContext framework =
                context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getBundleContext();
        SharedDeployments shared = store.shared().orElse(null);
        this.drain = new JobDrain(shared);
        this.artifacts = new Artifacts(folders.artifacts());
        SharedJars jars = shared == null ? null : new SharedJars(artifacts, shared);
        this.bundles = new ModuleBundles(framework, new TimedBundleCalls(settings.timeout()));
        ModuleActivation activation = new ModuleActivation(framework, components, drain);
        this.signatures = new JarSignatures(settings.trustedKeys());
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
        DistributedModules distributed =
                new DistributedModules(folders.distribution(), available, records, installation, mutual);
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

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    public void bindScheduler(ModuleDrain scheduler) {
        drain.bind(scheduler);
    }

    public void unbindScheduler(ModuleDrain scheduler) {
        drain.unbind(scheduler);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    public void bindEvents(EventSink sink) {
        events.bind(sink);
    }

    public void unbindEvents(EventSink sink) {
        events.unbind(sink);
    }

    @Deactivate
    void stop() throws IOException {
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

    @Override
    public Deployed install(Path file, InstallOptions options) {
        return install(file, options, options.source());
    }

    @Override
    public Deployed installFrom(Path source, InstallOptions options) {
        Path found = SourceFolder.moduleIn(source);
        return install(found, options, found.toString());
    }

    private Deployed install(Path file, InstallOptions options, @Nullable String source) {
        try (ModuleSource module = ModuleSource.of(file, artifacts)) {
            InstallOptions pinned = module.pinned(file, options);
            if (module.place() != null && !options.change().dryRun()) {
                needs.meet(module.jar());
            }
            return install(installation.read(module.jar(), pinned, Origin.API, source), installation::install);
        }
    }

    @Override
    public List<AvailableModule> available() {
        return available.all();
    }

    @Override
    public Deployed installAvailable(String module, InstallOptions options) {
        return install(available.read(module, options), incoming -> available.install(module, incoming));
    }

    /** A large jar has been read before it waits for its turn. */
    private Deployed install(CandidateJar read, Function<CandidateJar, Deployed> change) {
        try (read) {
            return overTheApi(read.options().change(), () -> change.apply(read));
        }
    }

    @Override
    public Deployed uninstall(String module, ChangeOptions options) {
        return overTheApi(options, () -> changes.uninstall(records.require(module), options));
    }

    @Override
    public Deployed enable(String module, ChangeOptions options) {
        return records.ofModule(module).isEmpty() && available.has(module)
                ? installAvailable(module, InstallOptions.of(options))
                : overTheApi(options, () -> changes.enable(records.require(module), options));
    }

    @Override
    public Deployed disable(String module, ChangeOptions options) {
        return overTheApi(options, () -> changes.disable(records.require(module), options));
    }

    @Override
    public Deployed rollback(String module, @Nullable String version, ChangeOptions options) {
        return overTheApi(options, () -> {
            Optional<RollOut> live = rollOut(module);
            return live.isPresent() && rollOuts != null
                    ? rollOuts.goBack(live.get(), version, options)
                    : changes.rollback(records.require(module), version, options);
        });
    }

    @Override
    public RollOut promote(String module, String by) {
        if (rollOuts == null) {
            throw new ProblemException(
                    ProblemCode.NOTHING_HELD, "This server has its store alone, and holds no version of a module.");
        }
        return rollOuts.promote(module, by);
    }

    @Override
    public Optional<RollOut> rollOut(String module) {
        return rollOuts == null ? Optional.empty() : rollOuts.ofModule(module);
    }

    @Override
    public FolderReport reload() {
        return folder.reload();
    }

    @Override
    public Optional<Deployment> deployment(String module) {
        return records.ofModule(module);
    }

    @Override
    public List<Deployment> former(String module) {
        Deployment current = records.require(module);
        return changes.former(current.bundle()).stream()
                .filter(former -> !former.sha256().equals(current.sha256()))
                .toList();
    }

    @Override
    public List<HistoryEntry> history(String module, int limit) {
        return records.history(module, limit);
    }

    @Override
    public Optional<String> trouble() {
        return folder.trouble();
    }

    /** Runs a change, and then tries refused jars of the modules folder again, which may now be acceptable. */
    private Deployed overTheApi(ChangeOptions options, Supplier<Deployed> change) {
        if (options.canary() && rollOuts == null) {
            throw new ProblemException(
                    ProblemCode.NOTHING_TO_HOLD, "canary is asked for, and this server has its store alone.");
        }
        if (options.dryRun()) {
            return turn.here(change);
        }
        return turn.make(() -> {
            Deployed done = change.get();
            folder.othersChanged();
            return done;
        });
    }
}
