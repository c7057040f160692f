package dev.pawl.scheduler;

import static dev.pawl.testkit.Eventually.eventually;

import dev.pawl.api.module.Module;
import dev.pawl.scheduler.run.RunLimits;
import dev.pawl.scheduler.secret.StoredSecrets;
import dev.pawl.service.job.Failure;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobQueue;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.LogEntry;
import dev.pawl.service.job.ModuleDrain;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.job.Task;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.secret.NamedSecrets;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.worker.Workers;
import dev.pawl.store.sqlite.SqliteArtifacts;
import dev.pawl.store.sqlite.SqliteDocuments;
import dev.pawl.store.sqlite.SqliteSecrets;
import dev.pawl.store.sqlite.SqliteStore;
import dev.pawl.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A whole scheduler on a real store, without a framework, started before each test on an empty folder and stopped after it. Tests restart
 * it as often as they like; the clock and the modules survive.
 */
final class RunningScheduler implements BeforeEachCallback, AfterEachCallback {

    /** Short limits, except for the disk's confirmation, which takes seconds on a busy machine. */
    static final RunLimits LIMITS = new RunLimits(
            Duration.ofMillis(150), Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofSeconds(20));

    /** The same limits for a store that is meant not to confirm. */
    static final RunLimits SHORT_CONFIRM =
            new RunLimits(LIMITS.grace(), LIMITS.abandon(), LIMITS.cleanup(), Duration.ofMillis(200));

    /** Time for which the store waits for another program's lock. */
    static final Duration LOCK_WAIT = Duration.ofSeconds(1);

    final SettableClock clock = SettableClock.at("2026-01-01T00:00:00Z");

    /** The elapsed time, which is independent of the clock above. */
    final AdjustableTime time = new AdjustableTime();

    final FakeModules modules = new FakeModules();

    /** Latch that modules may wait for. It is opened when the test ends, at the latest, so that none of their threads is left. */
    final CountDownLatch letGo = new CountDownLatch(1);

    /** While true, the store refuses the writes of runs. */
    final AtomicBoolean storeFails = new AtomicBoolean();

    /** The names of other calls that the store refuses; {@link #refusals} counts them. */
    final Set<String> refused = ConcurrentHashMap.newKeySet();

    final AtomicInteger refusals = new AtomicInteger();

    /** The number of writes of runs. */
    final AtomicInteger writes = new AtomicInteger();

    /** While true, the store does not answer the writes of runs. */
    final AtomicBoolean storeHangs = new AtomicBoolean();

    /** While true, the store does not answer who reads the running jobs. */
    final AtomicBoolean readsHang = new AtomicBoolean();

    /** The number of readers that wait for an answer. */
    final AtomicInteger hanging = new AtomicInteger();

    SqliteStore store;
    SqliteDocuments documents;
    SqliteArtifacts artifacts;
    SqliteSecrets secretStore;
    NamedSecrets secrets;
    SchedulerParts parts;
    Scheduler scheduler;
    JobQueue queue;
    ModuleDrain drain;
    Workers workers;

    private final Supplier<Path> folder;
    private final int slots;
    private final RunLimits limits;

    /** @param folder supplies the data folder; called once JUnit has created it */
    RunningScheduler(Supplier<Path> folder) {
        this(folder, 4);
    }

    RunningScheduler(Supplier<Path> folder, int slots) {
        this(folder, slots, LIMITS);
    }

    RunningScheduler(Supplier<Path> folder, int slots, RunLimits limits) {
        this.folder = folder;
        this.slots = slots;
        this.limits = limits;
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        open();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        letGo.countDown();
        close();
    }

    void open() {
        open(slots);
    }

    /** Starts it again after {@link #close()} or {@link #kill()}. */
    void open(int withSlots) {
        Path dir = folder.get();
        store = SqliteStore.open(dir.resolve("pawl.db"), clock, LOCK_WAIT);
        documents = new SqliteDocuments(store, InstantSource.system());
        artifacts = new SqliteArtifacts(store);
        secretStore = new SqliteSecrets(store);
        secrets = StoredSecrets.open(secretStore, clock, dir.resolve("secret.key"));
        parts = new SchedulerParts(
                new SchedulerSettings(withSlots, limits, dir, "test"),
                unreliable(),
                documents,
                artifacts,
                () -> secretStore,
                this::wall,
                modules,
                modules,
                modules,
                Optional::empty,
                SchedulerThreads.ofThisMachine(withSlots, time));
        scheduler = parts.scheduler;
        queue = parts.queue;
        drain = parts.moduleDrain;
        workers = parts.workers;
        parts.lifecycle.start();
    }

    /** The store, which refuses or ignores calls as the test says, as with a full disk. */
    private JobStore unreliable() {
        return InterceptedStore.of(store, (method, call) -> {
            boolean isWrite = method.equals("write");
            writes.addAndGet(isWrite ? 1 : 0);
            if (readsHang.get() && method.equals("running")) {
                hanging.incrementAndGet();
                awaitLetGo();
            }
            boolean refuses = refused.contains(method);
            refusals.addAndGet(refuses ? 1 : 0);
            if (refuses || (storeFails.get() && isWrite)) {
                Object refusal = CompletableFuture.failedFuture(
                        new ProblemException(ProblemCode.STORE_UNAVAILABLE, "The disk is full."));
                return refusal;
            }
            return storeHangs.get() && isWrite ? new CompletableFuture<>() : call.proceed();
        });
    }

    private void awaitLetGo() {
        try {
            letGo.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Advances the clock and the elapsed time together, so that no reader sees one without the other. */
    void pass(Duration by) {
        synchronized (time) {
            time.advance(by);
            clock.advance(by);
        }
    }

    private Instant wall() {
        synchronized (time) {
            return clock.instant();
        }
    }

    /** Stops it as an orderly shutdown does. */
    void close() {
        parts.lifecycle.close();
        store.close();
    }

    /** Stops it as a kill does: nothing is parked. */
    void kill() {
        store.close();
        parts.lifecycle.close();
    }

    /** Tells the scheduler that modules were added or changed. */
    void modulesChanged() {
        parts.dispatcher.wake();
    }

    void restart() {
        close();
        open();
    }

    void crash() {
        kill();
        open();
    }

    static JobRequest.Builder request(String... modules) {
        return JobRequest.builder(
                List.of(modules).stream().map(id -> new Task(id, Map.of())).toList());
    }

    String start(JobRequest request) {
        return scheduler.start(request).toCompletableFuture().join().id().toString();
    }

    String start(String... modules) {
        return start(request(modules).build());
    }

    /** Starts a job of the current modules; returns once it has a result. */
    String startAndAwaitAResult(String... ids) {
        modulesChanged();
        String id = start(ids);
        eventually("it has a result", () -> !results(id).isEmpty());
        return id;
    }

    /** Runs one job of a module to its end. */
    String completed(Module module) {
        String id = startOf(module);
        awaitStatus(id, JobStatus.COMPLETED);
        return id;
    }

    /** The failure of the one job of a module. */
    Failure failureOf(Module module) {
        return Objects.requireNonNull(
                awaitStatus(startOf(module), JobStatus.FAILED).state().failure());
    }

    private String startOf(Module module) {
        modules.put("m", () -> module);
        modulesChanged();
        return start("m");
    }

    /** A job that is claimed but has not begun, or that got no thread and could not be put back yet. */
    Job claimed() {
        scheduler.enqueue(request("far").build()).toCompletableFuture().join();
        ClaimRequest claim = new ClaimRequest("w", 1, slots, Set.of("far"), Map.of(), clock.instant(), null);
        return store.claim(claim).toCompletableFuture().join().get(0);
    }

    Job job(String id) {
        return store.find(UUID.fromString(id)).orElseThrow();
    }

    JobStatus status(String id) {
        return job(id).state().status();
    }

    Job awaitStatus(String id, JobStatus status) {
        eventually("job " + id + " becomes " + status, () -> {
            JobStatus present = status(id);
            if (present.isFinal() && present != status) {
                throw new AssertionError(
                        "The job is " + present + ": " + job(id).state().failure() + " " + log(id));
            }
            return present == status;
        });
        return job(id);
    }

    List<String> log(String id) {
        return scheduler.logs(id, 10_000).stream().map(LogEntry::message).toList();
    }

    List<String> results(String id) {
        return scheduler.results(id, 0, 10_000).results().stream()
                .map(result -> result.json())
                .toList();
    }
}
