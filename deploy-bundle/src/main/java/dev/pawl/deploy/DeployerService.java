package dev.pawl.deploy;

import dev.pawl.deploy.artifact.CandidateJar;
import dev.pawl.deploy.artifact.SourceFolder;
import dev.pawl.deploy.pack.ModuleSource;
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
import dev.pawl.service.event.EventSink;
import dev.pawl.service.job.ModuleDrain;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.DeploymentStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
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

    private final DeployerParts parts;

    /** Brings the framework in line with the records. */
    @Activate
    public DeployerService(
            BundleContext context,
            @Reference DeploymentStore store,
            @Reference InstantSource clock,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL) @Nullable ServiceComponentRuntime components) {
        this.parts = new DeployerParts(context, store, clock, components);
        parts.begin();
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    public void bindScheduler(ModuleDrain scheduler) {
        parts.drain.bind(scheduler);
    }

    public void unbindScheduler(ModuleDrain scheduler) {
        parts.drain.unbind(scheduler);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    public void bindEvents(EventSink sink) {
        parts.events.bind(sink);
    }

    public void unbindEvents(EventSink sink) {
        parts.events.unbind(sink);
    }

    @Deactivate
    void stop() throws IOException {
        parts.end();
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
        try (ModuleSource module = ModuleSource.of(file, parts.artifacts)) {
            InstallOptions pinned = module.pinned(file, options);
            if (module.place() != null && !options.change().dryRun()) {
                parts.needs.meet(module.jar());
            }
            return install(
                    parts.installation.read(module.jar(), pinned, Origin.API, source), parts.installation::install);
        }
    }

    @Override
    public List<AvailableModule> available() {
        return parts.available.all();
    }

    @Override
    public Deployed installAvailable(String module, InstallOptions options) {
        return install(parts.available.read(module, options), incoming -> parts.available.install(module, incoming));
    }

    /** A large jar has been read before it waits for its turn. */
    private Deployed install(CandidateJar read, Function<CandidateJar, Deployed> change) {
        try (read) {
            return overTheApi(read.options().change(), () -> change.apply(read));
        }
    }

    @Override
    public Deployed uninstall(String module, ChangeOptions options) {
        return overTheApi(options, () -> parts.changes.uninstall(parts.records.require(module), options));
    }

    @Override
    public Deployed enable(String module, ChangeOptions options) {
        return parts.records.ofModule(module).isEmpty() && parts.available.has(module)
                ? installAvailable(module, InstallOptions.of(options))
                : overTheApi(options, () -> parts.changes.enable(parts.records.require(module), options));
    }

    @Override
    public Deployed disable(String module, ChangeOptions options) {
        return overTheApi(options, () -> parts.changes.disable(parts.records.require(module), options));
    }

    @Override
    public Deployed rollback(String module, @Nullable String version, ChangeOptions options) {
        return overTheApi(options, () -> {
            Optional<RollOut> live = rollOut(module);
            return live.isPresent() && parts.rollOuts != null
                    ? parts.rollOuts.goBack(live.get(), version, options)
                    : parts.changes.rollback(parts.records.require(module), version, options);
        });
    }

    @Override
    public RollOut promote(String module, String by) {
        if (parts.rollOuts == null) {
            throw new ProblemException(
                    ProblemCode.NOTHING_HELD, "This server has its store alone, and holds no version of a module.");
        }
        return parts.rollOuts.promote(module, by);
    }

    @Override
    public Optional<RollOut> rollOut(String module) {
        return parts.rollOuts == null ? Optional.empty() : parts.rollOuts.ofModule(module);
    }

    @Override
    public FolderReport reload() {
        return parts.folder.reload();
    }

    @Override
    public Optional<Deployment> deployment(String module) {
        return parts.records.ofModule(module);
    }

    @Override
    public List<Deployment> former(String module) {
        Deployment current = parts.records.require(module);
        return parts.changes.former(current.bundle()).stream()
                .filter(former -> !former.sha256().equals(current.sha256()))
                .toList();
    }

    @Override
    public List<HistoryEntry> history(String module, int limit) {
        return parts.records.history(module, limit);
    }

    @Override
    public Optional<String> trouble() {
        return parts.folder.trouble();
    }

    /** Runs a change, and then tries refused jars of the modules folder again, which may now be acceptable. */
    private Deployed overTheApi(ChangeOptions options, Supplier<Deployed> change) {
        if (options.canary() && parts.rollOuts == null) {
            throw new ProblemException(
                    ProblemCode.NOTHING_TO_HOLD, "canary is asked for, and this server has its store alone.");
        }
        if (options.dryRun()) {
            return parts.turn.here(change);
        }
        return parts.turn.make(() -> {
            Deployed done = change.get();
            parts.folder.othersChanged();
            return done;
        });
    }
}
