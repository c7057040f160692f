package dev.pawl.scheduler;

import dev.pawl.scheduler.action.BulkActions;
import dev.pawl.scheduler.action.OwnModules;
import dev.pawl.scheduler.artifact.ArtifactParts;
import dev.pawl.scheduler.artifact.StoredArtifacts;
import dev.pawl.scheduler.catalog.InstalledModule;
import dev.pawl.scheduler.catalog.InstalledModules;
import dev.pawl.scheduler.catalog.ModuleSettings;
import dev.pawl.scheduler.catalog.ReadyModules;
import dev.pawl.scheduler.dispatch.ActiveRuns;
import dev.pawl.scheduler.dispatch.DispatchSignal;
import dev.pawl.scheduler.dispatch.Dispatcher;
import dev.pawl.scheduler.dispatch.JobEvents;
import dev.pawl.scheduler.dispatch.RetiringModules;
import dev.pawl.scheduler.dispatch.RunDrain;
import dev.pawl.scheduler.dispatch.RunStarter;
import dev.pawl.scheduler.dispatch.ServerDrain;
import dev.pawl.scheduler.dispatch.StoreObserver;
import dev.pawl.scheduler.event.ChangedJob;
import dev.pawl.scheduler.event.JobChangeFeed;
import dev.pawl.scheduler.event.ProgressPace;
import dev.pawl.scheduler.feed.LogFeed;
import dev.pawl.scheduler.files.FileRoots;
import dev.pawl.scheduler.job.CallbackCheck;
import dev.pawl.scheduler.job.DrainService;
import dev.pawl.scheduler.job.JobControl;
import dev.pawl.scheduler.job.JobIdSequence;
import dev.pawl.scheduler.job.JobIntake;
import dev.pawl.scheduler.job.JobReplacement;
import dev.pawl.scheduler.job.JobRetries;
import dev.pawl.scheduler.job.JobScheduler;
import dev.pawl.scheduler.job.JobViews;
import dev.pawl.scheduler.job.KeptRequests;
import dev.pawl.scheduler.job.QueueReasons;
import dev.pawl.scheduler.job.QueueService;
import dev.pawl.scheduler.job.RequestValidation;
import dev.pawl.scheduler.job.StatusReport;
import dev.pawl.scheduler.job.StopJob;
import dev.pawl.scheduler.job.WaitReasons;
import dev.pawl.scheduler.metric.JobMeasures;
import dev.pawl.scheduler.queue.ClaimPolicy;
import dev.pawl.scheduler.queue.JobLookup;
import dev.pawl.scheduler.queue.QueueControls;
import dev.pawl.scheduler.queue.SecretNames;
import dev.pawl.scheduler.queue.SharedDocuments;
import dev.pawl.scheduler.run.AbandonedThreads;
import dev.pawl.scheduler.run.JobLog;
import dev.pawl.scheduler.run.LingeringThreads;
import dev.pawl.scheduler.run.RunFactory;
import dev.pawl.scheduler.run.RunTiming;
import dev.pawl.scheduler.run.TaskResources;
import dev.pawl.scheduler.run.TaskServices;
import dev.pawl.scheduler.run.WorkDirs;
import dev.pawl.scheduler.run.WorkFolderCleanup;
import dev.pawl.scheduler.secret.KeptSecrets;
import dev.pawl.scheduler.secret.SecretReference;
import dev.pawl.scheduler.secret.SigningKeys;
import dev.pawl.scheduler.secret.TaskSecrets;
import dev.pawl.scheduler.secret.Vault;
import dev.pawl.scheduler.trace.RunTraces;
import dev.pawl.scheduler.worker.DrainedServers;
import dev.pawl.scheduler.worker.OwnWorker;
import dev.pawl.scheduler.worker.WorkerRegistry;
import dev.pawl.service.event.EventPublisher;
import dev.pawl.service.store.ArtifactStore;
import dev.pawl.service.store.DocumentStore;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.SecretStore;
import dev.pawl.service.store.ServerStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Assembly of the scheduler, without a framework: its surroundings come in through the constructor. Has no behaviour of its own. */
final class SchedulerParts {

    final RunLifecycle lifecycle;
    final JobScheduler scheduler;
    final StoredArtifacts artifacts;
    final QueueService queue;
    final DrainService moduleDrain;
    final WorkerRegistry workers;
    final OwnWorker own;
    final Dispatcher dispatcher;
    final ActiveRuns runs = new ActiveRuns();
    final RunDrain drain;
    final QueueControls controls;
    final SecretNames secrets;
    final ModuleWarnings warnings;
    final LingeringThreads lingering;
    final SigningKeys callbackKeys;
    final CallbackCheck callbacks;
    final JobLog jobLog = new JobLog();
    final JobMeasures measures = new JobMeasures();
    final RunTraces traces = new RunTraces();
    final EventPublisher published = new EventPublisher();
    final BulkActions actions;
    final SharedDocuments shared;
    final ServerDrain serverDrain;

    SchedulerParts(
            SchedulerSettings settings,
            JobStore store,
            DocumentStore documents,
            ArtifactStore artifactRecords,
            Supplier<SecretStore> secretStore,
            InstantSource wall,
            ReadyModules modules,
            InstalledModules installed,
            ModuleSettings configured,
            Supplier<Optional<ServerStore>> servers,
            SchedulerThreads threads) {
        DispatchSignal signal = new DispatchSignal();
        WallClock clock = new WallClock(wall, threads.monotonic(), store, signal::wake);
        RunTiming timing = new RunTiming(clock, threads.monotonic(), threads.timers(), settings.limits());
        LogFeed feed = new LogFeed(store, threads.timers());
        WorkDirs workDirs =
                new WorkDirs(settings.workDir(), artifactRecords.shared().isPresent());
        ArtifactParts artifacts = ArtifactParts.in(
                settings.dataDir().resolve("job-artifacts"),
                store,
                artifactRecords,
                clock,
                settings.mostArtifactBytes());
        this.artifacts = artifacts.service();
        WorkFolderCleanup folders = new WorkFolderCleanup(
                workDirs,
                settings.workDir().equals(settings.dataDir().resolve("work")),
                clock,
                artifacts,
                store,
                threads.background());
        RetiringModules retiring = new RetiringModules(runs);
        controls = new QueueControls(documents);
        own = new OwnWorker(
                store.sharedWorkers().isPresent()
                        ? WorkerIdentity.id(settings.dataDir())
                        : WorkerIdentity.id(documents),
                WorkerIdentity.hostname(),
                settings.version(),
                clock,
                runs::all);
        ClaimPolicy policy = new ClaimPolicy(modules, configured, controls);
        OwnModules all = new OwnModules(modules, this::actions);
        WaitReasons reasons = new WaitReasons(
                store, clock, all, installed, controls, policy, own.id(), settings.slots(), runs::isOnTrial);
        JobChangeFeed changes = new JobChangeFeed(
                published,
                new ChangedJob(store, clock, (job, running) -> reasons.of(job, null, running)),
                new ProgressPace(threads.monotonic(), threads.timers()),
                threads.background());
        JobEvents events = new JobEvents(runs, retiring, feed, folders, signal, measures, traces);
        store.observe(new StoreObserver(changes, feed, events, published, clock));

        Vault vault = settings.vault(secretStore);
        KeptSecrets keptSecrets = new KeptSecrets(name -> secretStore.get().find(name), vault);
        TaskSecrets taskSecrets =
                new TaskSecrets(vault, new SecretReference(System::getenv, settings.jobReferences(), keptSecrets));
        FileRoots roots = new FileRoots(settings.fileRoots(), settings.reserved(), configured::configured);
        lingering = new LingeringThreads(threads.leakedThreads(), new AbandonedThreads());
        RunFactory factory = new RunFactory(
                store,
                timing,
                new TaskServices(configured, taskSecrets, jobLog, threads.leakedThreads()),
                new TaskResources(documents, roots, workDirs, artifacts.keeper(), traces),
                lingering,
                events);

        secrets = new SecretNames(documents, taskSecrets);
        warnings = new ModuleWarnings(lingering, controls);
        RunStarter starter = new RunStarter(store, timing, factory, all, controls, threads.threads(), runs, signal);
        dispatcher = new Dispatcher(
                own.id(), settings.slots(), store, timing, clock::withinTheStore, policy, starter, events, signal);
        drain = new RunDrain(runs, settings.limits(), dispatcher, threads.threads());
        workers = new WorkerRegistry(
                store,
                clock,
                threads.monotonic(),
                controls,
                policy,
                () -> installed.all().stream().map(InstalledModule::id).collect(Collectors.toSet()),
                settings.clientExpiry(),
                own,
                events,
                published,
                secrets,
                () -> servers.get().map(ServerStore::servers).orElse(List.of()),
                new DrainedServers(controls, own, clock, this::controlsChanged));
        serverDrain = new ServerDrain(own, controls, runs, dispatcher, threads.background(), workers::ownChanged);

        callbackKeys = new SigningKeys(keptSecrets, settings.keys().callbacks());
        callbacks = new CallbackCheck(callbackKeys);
        RequestValidation validation = new RequestValidation(modules, installed, configured, secrets, callbacks::check);
        KeptRequests kept = new KeptRequests(validation, secrets);
        JobViews views = new JobViews(store, secrets, reasons, controls);
        StopJob stopping = new StopJob(store, timing, runs, dispatcher, events, threads.background());
        JobControl control = new JobControl(store, stopping, secrets, events, signal, threads.background());
        JobIntake intake = new JobIntake(
                new JobLookup(store),
                validation,
                kept,
                secrets,
                clock,
                JobIdSequence.after(store),
                dispatcher,
                new JobReplacement(stopping, threads.background()),
                measures,
                traces);
        JobRetries retries = new JobRetries(secrets, intake);
        actions = new BulkActions(store, intake, control, retries, events, clock, threads.monotonic());
        scheduler = new JobScheduler(
                store,
                intake,
                kept,
                retries,
                control,
                views,
                feed,
                new StatusReport(own, settings.slots(), views, runs, lingering.abandoned(), threads.monotonic()),
                clock);
        queue = new QueueService(
                views,
                new QueueReasons(store, reasons, clock),
                control,
                controls,
                validation,
                dispatcher,
                threads.background(),
                published,
                clock);
        shared = new SharedDocuments(controls, secrets, published, clock, this::controlsChanged, threads.background());
        shared.follow(documents);
        moduleDrain = new DrainService(store, controls, drain, retiring, modules, dispatcher);
        Upkeep upkeep = new Upkeep(
                store,
                timing,
                runs,
                own,
                workers,
                serverDrain,
                shared,
                threads.leakedThreads(),
                folders,
                threads.background());
        lifecycle = new RunLifecycle(upkeep, dispatcher, drain, feed, threads);
    }

    private void controlsChanged() {
        dispatcher.wake();
        serverDrain.look();
    }

    private BulkActions actions() {
        return actions;
    }
}
