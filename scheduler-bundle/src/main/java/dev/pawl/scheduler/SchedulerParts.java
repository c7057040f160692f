package dev.pawl.scheduler;

import dev.pawl.scheduler.catalog.Diagnoses;
import dev.pawl.scheduler.catalog.InstalledModule;
import dev.pawl.scheduler.catalog.InstalledModules;
import dev.pawl.scheduler.catalog.ModuleSettings;
import dev.pawl.scheduler.catalog.ModuleVersion;
import dev.pawl.scheduler.catalog.ReadyModules;
import dev.pawl.scheduler.feed.LogFeed;
import dev.pawl.scheduler.files.FileRoots;
import dev.pawl.scheduler.queue.ClaimPolicy;
import dev.pawl.scheduler.queue.JobLookup;
import dev.pawl.scheduler.queue.QueueControls;
import dev.pawl.scheduler.queue.SecretNames;
import dev.pawl.scheduler.run.AbandonedThreads;
import dev.pawl.scheduler.run.JobLog;
import dev.pawl.scheduler.run.JobRun;
import dev.pawl.scheduler.run.LingeringThreads;
import dev.pawl.scheduler.run.RunEvents;
import dev.pawl.scheduler.run.RunFactory;
import dev.pawl.scheduler.run.RunThreads;
import dev.pawl.scheduler.run.RunTiming;
import dev.pawl.scheduler.run.TaskResources;
import dev.pawl.scheduler.run.TaskServices;
import dev.pawl.scheduler.run.WorkDirs;
import dev.pawl.scheduler.secret.SecretReference;
import dev.pawl.scheduler.secret.TaskSecrets;
import dev.pawl.scheduler.thread.LeakedThreads;
import dev.pawl.scheduler.worker.OwnWorker;
import dev.pawl.scheduler.worker.WorkerRegistry;
import dev.pawl.service.catalog.Leak;
import dev.pawl.service.store.Confirmation;
import dev.pawl.service.store.DocumentStore;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.RunId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Puts the scheduler together and takes it apart, without a framework: what surrounds it comes in through the constructor. */
final class SchedulerParts implements AutoCloseable {

    /** A job whose runs ended so often with the process, while it was alone and got no further, fails. */
    private static final int MOST_CRASHES = 3;

    /** As much of a job's elapsed time is lost with the process at most. */
    private static final Duration KEEP_ELAPSED = Duration.ofSeconds(30);

    private final SchedulerSettings settings;
    private final JobStore store;
    private final InstantSource clock;
    private final RunTiming timing;
    private final JobLog jobLog;
    private final LingeringThreads lingering;
    private final RunEvents events = new Events();
    private final ActiveRuns runs = new ActiveRuns();
    private final LogFeed feed;
    private final QueueControls controls;
    private final SecretNames secrets;
    private final JobLookup lookup;
    private final RunThreads threads;
    private final Dispatcher dispatcher;
    private final RequestValidation submission;
    private final WaitReasons reasons;
    private final OwnWorker own;
    private final WorkerRegistry workers;
    private final RunDrain drain;
    private final ReadyModules modules;
    private final RetiringModules retirements;
    private final ExecutorService background;
    private final WorkFolderCleanup folders;
    private volatile boolean closed;

    SchedulerParts(
            SchedulerSettings settings,
            JobStore store,
            DocumentStore documents,
            InstantSource wall,
            ReadyModules modules,
            InstalledModules installed,
            ModuleSettings configured,
            SchedulerThreads machinery) {
        this.settings = settings;
        this.store = store;
        this.clock = new WallClock(wall, machinery.monotonic(), store, this::modulesChanged);
        this.modules = modules;
        background = machinery.background();
        feed = new LogFeed(store, machinery.timers());
        threads = machinery.threads();
        timing = new RunTiming(clock, machinery.monotonic(), machinery.timers(), settings.limits());
        jobLog = new JobLog();
        lingering = new LingeringThreads(machinery.leakedThreads(), new AbandonedThreads());
        WorkDirs workDirs = new WorkDirs(settings.dataDir().resolve("work"));
        TaskSecrets taskSecrets = new TaskSecrets(settings.vault(), new SecretReference(System::getenv));
        RunFactory factory = new RunFactory(
                store,
                timing,
                new TaskServices(configured, taskSecrets, jobLog, machinery.leakedThreads()),
                new TaskResources(
                        documents,
                        new FileRoots(settings.fileRoots(), settings.reserved(), configured::configured),
                        workDirs),
                lingering,
                events);
        folders = new WorkFolderCleanup(workDirs, store, background);
        controls = new QueueControls(documents);
        secrets = new SecretNames(documents, taskSecrets);
        lookup = new JobLookup(store);
        own = new OwnWorker(
                WorkerIdentity.id(documents), WorkerIdentity.hostname(), settings.version(), clock, runs::all);
        ClaimPolicy policy = new ClaimPolicy(modules, configured, controls);
        dispatcher = new Dispatcher(
                own.id(), settings.slots(), store, timing, factory, policy, modules, controls, threads, runs);
        submission = new RequestValidation(modules, installed, configured, secrets);
        reasons = new WaitReasons(
                store, clock, modules, installed, controls, policy, own.id(), settings.slots(), runs::isOnTrial);
        workers = new WorkerRegistry(
                store,
                clock,
                machinery.monotonic(),
                controls,
                policy,
                () -> installed.all().stream().map(InstalledModule::id).collect(Collectors.toSet()),
                settings.clientExpiry(),
                own,
                new QueueChanges(),
                secrets);
        drain = new RunDrain(runs, settings.limits(), dispatcher, threads);
        retirements = new RetiringModules(modules, runs, dispatcher);
    }

    /** Puts back what an earlier process left running, and begins to start jobs. */
    void start() {
        recover();
        dispatcher.start();
    }

    /** Puts back what an earlier process left running; nothing starts yet. */
    void recover() {
        Confirmation.await(store.recover(MOST_CRASHES, clock.instant()), "That interrupted jobs wait again");
        folders.sweep();
        workers.expireLeases(); // what external workers hold, they hold for a full lease from now
        timing.timers().every(OwnWorker.PERIOD, () -> {
            own.beat();
            workers.expireLeases();
        });
        timing.timers().every(KEEP_ELAPSED, () -> runs.all().forEach(JobRun::keepElapsed));
        timing.timers().every(LeakedThreads.PERIOD, lingering.leaked()::sweep);
    }

    /** Takes no more jobs and parks what runs; returns within the ladder's time. Harmless a second time. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        dispatcher.close();
        drain.all();
        feed.close();
        timing.timers().close();
        threads.close();
        background.shutdown();
    }

    /** Modules came or changed. */
    void modulesChanged() {
        dispatcher.wake();
    }

    /** A module goes; its runs have left it when this returns. */
    void moduleLeaving(ModuleVersion kind) {
        drain.leaving(kind);
    }

    /** A job is gone or over without a run: watchers are told, its folder goes. */
    void removed(UUID job) {
        feed.written(job);
        folders.deleteIfOver(job);
    }

    /** Many jobs are gone. */
    void removedMany() {
        feed.writtenAny();
        folders.sweep();
    }

    /** What an operator should look at in a module, as its runs showed. */
    List<String> warnings(String module) {
        List<String> all = lingering.warnings(module);
        if (controls.isPaused(module)) {
            all.add("Its jobs are paused; `pawl module resume " + module + "` lets them go on.");
        }
        return all;
    }

    /** What is known here of a module. */
    Diagnoses.Sources diagnosed(Supplier<List<Leak>> leaks) {
        return new Diagnoses.Sources(
                store::counts,
                bundle -> runs.using(bundle).stream().map(run -> run.job().id()).toList(),
                lingering.abandoned()::count,
                leaks);
    }

    boolean isClosed() {
        return closed;
    }

    SchedulerSettings settings() {
        return settings;
    }

    JobStore store() {
        return store;
    }

    InstantSource clock() {
        return clock;
    }

    RunTiming timing() {
        return timing;
    }

    JobLog jobLog() {
        return jobLog;
    }

    LingeringThreads lingering() {
        return lingering;
    }

    RunEvents events() {
        return events;
    }

    ActiveRuns runs() {
        return runs;
    }

    LogFeed feed() {
        return feed;
    }

    QueueControls controls() {
        return controls;
    }

    SecretNames secrets() {
        return secrets;
    }

    JobLookup lookup() {
        return lookup;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    RequestValidation submission() {
        return submission;
    }

    WaitReasons reasons() {
        return reasons;
    }

    OwnWorker own() {
        return own;
    }

    WorkerRegistry workers() {
        return workers;
    }

    RunDrain drain() {
        return drain;
    }

    ReadyModules modules() {
        return modules;
    }

    RetiringModules retirements() {
        return retirements;
    }

    Executor background() {
        return background;
    }

    private final class Events implements RunEvents {
        @Override
        public void taskDone(RunId run) {
            retirements.look();
        }

        @Override
        public void slotFreed(RunId run) {
            runs.freed(run);
            dispatcher.wake();
        }

        @Override
        public void written(UUID job) {
            feed.written(job);
            if (runs.isOnTrial(job)) { // it may have got further, and others may begin
                dispatcher.wake();
            }
        }

        @Override
        public void ended(RunId run) {
            runs.ended(run);
            retirements.look();
            dispatcher.wake();
            folders.deleteIfOver(run.job());
        }
    }

    private final class QueueChanges implements WorkerRegistry.QueueEvents {
        @Override
        public void queueChanged() {
            dispatcher.wake();
        }

        @Override
        public void written(UUID job) {
            removed(job);
        }
    }
}
