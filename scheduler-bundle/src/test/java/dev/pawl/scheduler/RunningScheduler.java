package dev.pawl.scheduler;

import static dev.pawl.testkit.Eventually.eventually;

import dev.pawl.api.job.Job;
import dev.pawl.api.job.JobRequest;
import dev.pawl.api.job.JobStatus;
import dev.pawl.api.job.LogEntry;
import dev.pawl.api.job.Scheduler;
import dev.pawl.api.job.Task;
import dev.pawl.api.problem.ProblemCode;
import dev.pawl.api.problem.ProblemException;
import dev.pawl.api.store.JobStore;
import dev.pawl.api.worker.Workers;
import dev.pawl.scheduler.run.RunLimits;
import dev.pawl.store.sqlite.SqliteStore;
import dev.pawl.testkit.SettableClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** A whole scheduler on a real store, without a framework. */
final class RunningScheduler implements AutoCloseable {

    static final RunLimits LIMITS =
            new RunLimits(Duration.ofMillis(150), Duration.ofMillis(100), Duration.ofMillis(200));

    final SettableClock clock;
    final SqliteStore store;
    final FakeModules modules;
    final SchedulerParts parts;
    final Scheduler scheduler;
    final Workers workers;

    /** While true, the store takes no writes of runs. */
    final AtomicBoolean storeFails = new AtomicBoolean();

    private RunningScheduler(Path dir, SettableClock clock, FakeModules modules, int slots) {
        this.clock = clock;
        this.modules = modules;
        store = SqliteStore.open(dir.resolve("pawl.db"), clock);
        parts = new SchedulerParts(
                new SchedulerSettings(slots, LIMITS, dir, "test", Duration.ofSeconds(20)),
                unreliable(),
                store,
                clock,
                modules,
                modules,
                modules,
                Machinery.ofThisMachine(slots));
        scheduler = new JobScheduler(parts);
        workers = parts.workers();
    }

    /** The store, but for the writes that it refuses as a full disk would make it. */
    private JobStore unreliable() {
        return (JobStore) Proxy.newProxyInstance(
                JobStore.class.getClassLoader(), new Class<?>[] {JobStore.class}, (proxy, method, arguments) -> {
                    if (storeFails.get() && method.getName().equals("write")) {
                        return CompletableFuture.failedFuture(
                                new ProblemException(ProblemCode.STORE_UNAVAILABLE, "The disk is full."));
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    static RunningScheduler in(Path dir, FakeModules modules) {
        return in(dir, modules, 4);
    }

    static RunningScheduler in(Path dir, FakeModules modules, int slots) {
        return in(dir, SettableClock.at("2026-01-01T00:00:00Z"), modules, slots);
    }

    static RunningScheduler in(Path dir, SettableClock clock, FakeModules modules, int slots) {
        RunningScheduler running = new RunningScheduler(dir, clock, modules, slots);
        running.parts.start();
        return running;
    }

    @Override
    public void close() {
        parts.close();
        store.close();
    }

    /** Ends as a killed process does: nothing is parked. */
    void kill() {
        store.close();
        parts.close();
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
                        "It is " + present + ": " + job(id).state().failure() + " " + log(id));
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
