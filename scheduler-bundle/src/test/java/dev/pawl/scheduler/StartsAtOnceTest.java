package dev.pawl.scheduler;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.pawl.scheduler.catalog.ModuleVersion;
import dev.pawl.scheduler.job.JobScheduler;
import dev.pawl.scheduler.run.JobRun;
import dev.pawl.scheduler.run.RunLimits;
import dev.pawl.scheduler.run.RunThreads;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.store.sqlite.SqliteArtifacts;
import dev.pawl.store.sqlite.SqliteDocuments;
import dev.pawl.store.sqlite.SqliteSecrets;
import dev.pawl.store.sqlite.SqliteStore;
import dev.pawl.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jobs that start with the change that lets them. The dispatcher's own thread does not run, so that nothing else starts them.
 */
class StartsAtOnceTest {

    private static final int SLOTS = 2;

    @TempDir
    Path dir;

    /** Limits that give the store a long time to confirm. */
    private static final RunLimits LONG_CONFIRM = new RunLimits(
            RunningScheduler.LIMITS.grace(),
            RunningScheduler.LIMITS.abandon(),
            RunningScheduler.LIMITS.cleanup(),
            Duration.ofMinutes(1));

    private final SettableClock clock = SettableClock.at("2026-01-01T00:00:00Z");
    private final FakeModules modules = new FakeModules();
    private final CountDownLatch letGo = new CountDownLatch(1);
    private CompletableFuture<Void> slowStart = CompletableFuture.completedFuture(null);
    private SqliteStore store;
    private SchedulerParts parts;
    private JobScheduler scheduler;

    @BeforeEach
    void open() {
        store = SqliteStore.open(dir.resolve("pawl.db"), clock);
        parts = new SchedulerParts(
                new SchedulerSettings(SLOTS, LONG_CONFIRM, dir, "test"),
                store,
                new SqliteDocuments(store, InstantSource.system()),
                new SqliteArtifacts(store),
                () -> new SqliteSecrets(store),
                clock,
                modules,
                modules,
                modules,
                Optional::empty,
                slow());
        scheduler = parts.scheduler;
        parts.lifecycle.recover();
        modules.put("m", () -> task -> letGo.await());
    }

    @AfterEach
    void close() {
        letGo.countDown();
        slowStart.complete(null);
        parts.lifecycle.close();
        store.close();
    }

    /** The machine's own threads, of which one for a run comes only after a while, when the test says so. */
    private SchedulerThreads slow() {
        SchedulerThreads machine = SchedulerThreads.ofThisMachine(SLOTS);
        RunThreads threads = new RunThreads() {
            @Override
            public void start(JobRun run) {
                slowStart.join();
                machine.threads().start(run);
            }

            @Override
            public void forget(ModuleVersion version) {
                machine.threads().forget(version);
            }

            @Override
            public void close() {
                machine.threads().close();
            }
        };
        return new SchedulerThreads(
                machine.timers(), threads, machine.leakedThreads(), machine.background(), machine.monotonic());
    }

    private CompletionStage<Job> start() {
        return scheduler.start(RunningScheduler.request("m").build());
    }

    private JobStatus status(CompletionStage<Job> job) {
        return store.find(job.toCompletableFuture().join().id())
                .orElseThrow()
                .state()
                .status();
    }

    @Test
    void aJobBeginsWithTheWriteThatAddsIt() {
        CompletionStage<Job> job = start();
        assertEquals(
                JobStatus.PENDING,
                job.toCompletableFuture().join().state().status(),
                "the answer shows the job as it was added");
        assertEquals(JobStatus.RUNNING, status(job));
        letGo.countDown();
        eventually("it ends", () -> status(job) == JobStatus.COMPLETED);
    }

    @Test
    void aJobWithoutAFreeSlotStartsWithTheEndOfAnother() {
        List<CompletionStage<Job>> jobs = new ArrayList<>();
        for (int n = 0; n <= SLOTS; n++) {
            jobs.add(start());
            jobs.get(n).toCompletableFuture().join();
        }
        assertEquals(
                List.of(JobStatus.RUNNING, JobStatus.RUNNING, JobStatus.PENDING),
                jobs.stream().map(this::status).toList());
        letGo.countDown();
        eventually("it ends too", () -> status(jobs.get(2)) == JobStatus.COMPLETED);
    }

    @Test
    void aJobOfAModuleThatIsBeingReplacedWaits() {
        parts.controls.hold(List.of("m"));
        CompletionStage<Job> job = start();
        assertEquals(JobStatus.PENDING, status(job));
        assertEquals(0, parts.runs.all().size());
    }

    @Test
    void whoHoldsAModuleBackWaitsForTheJobsThatAreAboutToBegin() throws Exception {
        slowStart = new CompletableFuture<>();
        CompletionStage<Job> job = start();
        eventually("it is claimed", () -> store.counts().get(JobStatus.RUNNING) == 1);
        AtomicBoolean settled = new AtomicBoolean();
        Thread holder = new Thread(() -> {
            parts.dispatcher.settle();
            settled.set(true);
        });
        holder.start();
        eventually("it waits", () -> holder.getState() == Thread.State.TIMED_WAITING);
        assertFalse(settled.get());

        slowStart.complete(null);
        holder.join();

        assertEquals(1, parts.runs.all().size());
        assertEquals(JobStatus.RUNNING, status(job));
    }
}
