package dev.pawl.runtime;

import dev.pawl.cli.command.EmbeddedServer;
import dev.pawl.launch.DataFiles;
import dev.pawl.launch.MovableStore.Place;
import dev.pawl.launch.OfflineUpkeep;
import dev.pawl.launch.OfflineUpkeep.StoreFiles;
import dev.pawl.launch.StoreMigration;
import dev.pawl.launch.UpkeepWork;
import dev.pawl.runtime.archive.ClassArchive;
import dev.pawl.runtime.files.DataFolder;
import dev.pawl.runtime.files.Distribution;
import dev.pawl.runtime.files.FolderUse;
import dev.pawl.runtime.logging.JulBridge;
import dev.pawl.runtime.logging.LogSetup;
import dev.pawl.runtime.logging.Logging;
import dev.pawl.runtime.logging.ModuleOutput;
import dev.pawl.runtime.process.HungShutdownHooks;
import dev.pawl.runtime.process.ServiceManager;
import dev.pawl.runtime.process.SharedThreads;
import dev.pawl.runtime.process.Signals;
import dev.pawl.runtime.settings.SettingSources;
import dev.pawl.runtime.settings.Settings;
import dev.pawl.runtime.settings.UnknownVariables;
import dev.pawl.runtime.settings.WrongSettingException;
import dev.pawl.runtime.start.StartException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/** Starts the server for the command line, in the command's own process. Found with {@link java.util.ServiceLoader}. */
public final class LocalServer implements EmbeddedServer {

    private static final int FAILED = 1;
    private static final int WRONG_SETTING = 2;

    private final Distribution distribution;
    private final Map<String, String> environment;
    private final HungShutdownHooks hooks = new HungShutdownHooks();
    private final AtomicBoolean started = new AtomicBoolean();
    private final Optional<ClassArchive> archive;

    /** The server of the distribution that this class was loaded from, in the environment of this process. */
    public LocalServer() {
        this(Distribution.find(), System.getenv());
    }

    LocalServer(Distribution distribution, Map<String, String> environment) {
        this.distribution = distribution;
        this.environment = Map.copyOf(environment);
        this.archive = ClassArchive.ofProcess(distribution);
    }

    @Override
    public Map<String, String> settings(Map<String, String> flags) throws RefusedException {
        return effective(flags).asProperties();
    }

    @Override
    public Running start(Options options) throws RefusedException {
        return start(effective(options.flags()), options);
    }

    /** Starts a server with these settings, whatever the flags say. */
    Handle start(Settings settings, Options options) throws RefusedException {
        try {
            if (!distribution.isComplete()) {
                throw new StartException("The folder " + distribution.home() + " is not a distribution of Pawl, "
                        + "which has the folders bundles and etc. Start Pawl with its bin/pawl.");
            }
            DataFolder data = DataFolder.open(settings.path(Settings.DATA));
            refuseHalfFilled(data);
            finishRestore(settings, data);
            LogSetup log = Logging.begin(
                    distribution, settings, data, options.announced() && !options.console() ? "TRACE" : "OFF");
            if (data.wasOpenToOthers()) {
                LoggerFactory.getLogger(LocalServer.class)
                        .warn("{} was readable by other users; now only its owner can read it.", data.path());
            }
            if (options.announced()) {
                UnknownVariables.in(environment).forEach(LoggerFactory.getLogger(LocalServer.class)::warn);
            }
            SharedThreads.begin();
            ModuleOutput.install();
            JulBridge.install();
            PawlServer server = start(settings, data, log, options.announced());
            started.set(true);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> shutDown(server), "pawl-shutdown"));
            Logging.openConsole();
            if (options.announced()) {
                Optional<ServiceManager> manager = ServiceManager.of(environment);
                Signals.answerWith(() -> {
                    manager.ifPresent(ServiceManager::stopping);
                    server.close();
                });
                ReadyLine ready = new ReadyLine(distribution.version(), server.url(), data.path());
                ready.announce(System.out);
                manager.ifPresent(told -> told.ready(ready.toString()));
                archive.filter(old -> !old.isCurrent()).ifPresent(ClassArchive::renew);
            }
            return new Handle(server);
        } catch (StartException refused) {
            throw new RefusedException(refused.sentence(), FAILED);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RefusedException("The start was interrupted.", FAILED);
        }
    }

    @Override
    public void ending(int exitCode) {
        archive.filter(missing -> !missing.exists()).ifPresent(ClassArchive::renew);
        if (started.get()) {
            hooks.haltAfterTheLimit(exitCode);
        }
    }

    /** A signal that is not handled ends the JVM through its shutdown hooks. */
    private void shutDown(PawlServer server) {
        server.close();
        hooks.haltAfterTheLimit(FAILED);
    }

    @Override
    public Map<String, Object> upkeep(UpkeepWork work, Map<String, String> arguments, Map<String, String> flags)
            throws RefusedException {
        Settings settings = effective(flags);
        try (DataFolder data = DataFolder.open(settings.path(Settings.DATA));
                OfflineBundles bundles = OfflineBundles.of(distribution)) {
            Logging.begin(distribution, settings, data, "OFF").await();
            refuseOffline(settings);
            refuseHalfFilled(data);
            System.setProperty("org.sqlite.tmpdir", data.path().toString());
            return bundles.find(OfflineUpkeep.class).run(work, files(settings), arguments);
        } catch (StartException refused) {
            throw new RefusedException(refused.sentence(), FAILED);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RefusedException("The work was interrupted before it began.", FAILED);
        } catch (IOException | RuntimeException failed) { // a problem of the store, whose type is unknown here
            throw new RefusedException(String.valueOf(failed.getMessage()), FAILED);
        }
    }

    /** The commands for a store that no server has open are for the file; a database has commands of its own. */
    private static void refuseOffline(Settings settings) throws StartException {
        if (settings.isSet(Settings.STORE_URL)) {
            throw new StartException("PAWL_STORE_URL names the store " + settings.text(Settings.STORE_URL)
                    + ", and no server runs here: start it, or use the commands of the database (docs/cluster.md).");
        }
    }

    @Override
    public Map<String, Object> upgrade(Map<String, String> flags) throws RefusedException {
        Settings settings = effective(flags);
        try (OfflineBundles bundles = OfflineBundles.of(distribution)) {
            refuseOffline(settings);
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("version", distribution.version());
            answer.put("data", settings.path(Settings.DATA).toString());
            FolderUse.of(settings.path(Settings.DATA))
                    .ifPresent(use -> answer.put("running", Map.of("pid", use.pid(), "url", use.url())));
            answer.putAll(bundles.find(OfflineUpkeep.class).upgrade(files(settings)));
            return answer;
        } catch (StartException refused) {
            throw new RefusedException(refused.sentence(), FAILED);
        } catch (IOException | RuntimeException failed) { // a problem of the store, whose type is unknown here
            throw new RefusedException(String.valueOf(failed.getMessage()), FAILED);
        }
    }

    @Override
    public Map<String, Object> describe(Path jar) throws RefusedException {
        try (OfflineBundles bundles = OfflineBundles.of(distribution)) {
            return OfflineModules.of(bundles).describe(jar);
        } catch (StartException refused) {
            throw new RefusedException(refused.sentence(), FAILED);
        } catch (IOException | RuntimeException failed) { // a problem of the jar, whose type is unknown here
            throw new RefusedException(String.valueOf(failed.getMessage()), FAILED);
        }
    }

    @Override
    public Map<String, Object> migrate(
            Direction direction, String address, Map<String, String> flags, StoreMigration.Progress progress)
            throws RefusedException {
        Map<String, String> all = new HashMap<>(flags);
        all.put(Settings.STORE_URL, address);
        Settings settings = effective(all);
        try (DataFolder data = DataFolder.open(settings.path(Settings.DATA));
                OfflineBundles bundles = OfflineBundles.ofAllStores(distribution)) {
            Logging.begin(distribution, settings, data, "OFF").await();
            System.setProperty("org.sqlite.tmpdir", data.path().toString());
            finishRestore(settings, data);
            return new OfflineMigration(bundles, new Place(files(settings), settings.asProperties()))
                    .run(direction, progress);
        } catch (StartException refused) {
            throw new RefusedException(refused.sentence(), FAILED);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RefusedException("The migration was interrupted before it began.", FAILED);
        } catch (IOException | RuntimeException failed) { // a problem of a store, whose type is unknown here
            throw new RefusedException(String.valueOf(failed.getMessage()), FAILED);
        }
    }

    /** Refuses a folder into which a store moves, or moved until something interrupted it: its own store would look empty. */
    private static void refuseHalfFilled(DataFolder data) throws StartException {
        if (data.isHalfFilled()) {
            data.close();
            throw new StartException("A migration into the data folder " + data.path()
                    + " was interrupted. Run `pawl migrate --from` again and let it end, or delete its "
                    + DataFiles.UNFINISHED_MIGRATION + " to begin with an empty store.");
        }
    }

    /** Finishes an interrupted restore before anything is opened. */
    private void finishRestore(Settings settings, DataFolder data) throws StartException {
        if (!data.isHalfRestored()) {
            return;
        }
        try (OfflineBundles bundles = OfflineBundles.of(distribution)) {
            bundles.find(OfflineUpkeep.class).finishRestore(files(settings));
        } catch (IOException | RuntimeException failed) { // a problem of the store, whose type is unknown here
            data.close();
            throw new StartException(String.valueOf(failed.getMessage()));
        }
    }

    private StoreFiles files(Settings settings) {
        return new StoreFiles(settings.path("pawl.db.path"), settings.path(Settings.DATA), distribution.version());
    }

    private PawlServer start(Settings settings, DataFolder data, LogSetup log, boolean announced)
            throws StartException, InterruptedException {
        try {
            return PawlServer.start(settings, distribution, data, log, announced);
        } catch (StartException refused) {
            LoggerFactory.getLogger(LocalServer.class).error("The server does not start.", refused);
            throw refused;
        }
    }

    private Settings effective(Map<String, String> flags) throws RefusedException {
        try {
            return Settings.of(distribution, SettingSources.read(distribution, flags, environment));
        } catch (WrongSettingException wrong) {
            throw new RefusedException(wrong.sentence(), WRONG_SETTING);
        }
    }

    /** The server as seen by the command. */
    record Handle(PawlServer server) implements Running {
        @Override
        public URI url() {
            return server.url().orElseThrow(() -> new IllegalStateException("The distribution has no HTTP bundle."));
        }

        @Override
        public boolean awaitStop(Duration most) throws InterruptedException {
            return server.awaitStop(most);
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
