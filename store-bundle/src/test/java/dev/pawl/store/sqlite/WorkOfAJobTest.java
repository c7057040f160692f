package dev.pawl.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.LogLevel;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Task;
import dev.pawl.service.notification.NotificationEvent;
import dev.pawl.service.notification.NotificationFormat;
import dev.pawl.service.notification.NotificationRule;
import dev.pawl.service.notification.NotificationTarget;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.JobConsumer;
import dev.pawl.service.store.KeptNotificationRule;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import dev.pawl.store.sqlite.engine.CountingConnections;
import dev.pawl.store.sqlite.engine.Migrations;
import dev.pawl.store.sqlite.engine.WriteLimits;
import dev.pawl.store.sqlite.job.LogCap;
import dev.pawl.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The work of the store for a job that logs a line, emits a result and completes, counted and not timed. A test that fails here after a
 * change tells that each job costs more than before; the numbers may be raised for a good reason, which belongs in docs/performance.md.
 */
class WorkOfAJobTest {

    private static final int TOGETHER = 64;
    private static final int PAGE_BYTES = 4_096;
    private static final int FRAME_BYTES = PAGE_BYTES + 24; // with its header in the write-ahead log

    @TempDir
    private Path folder;

    private final SettableClock clock = SettableClock.at("2026-03-01T12:00:00Z");
    private final List<Job> taken = new CopyOnWriteArrayList<>();
    private CountingConnections connections;
    private SqliteStore store;
    private int ids;

    @BeforeEach
    void open() {
        Path file = folder.resolve("pawl.db");
        connections = new CountingConnections(file);
        store = new SqliteStore(
                connections,
                folder,
                Migrations.ofThisRelease(file, clock, null),
                LogCap.DEFAULT,
                WriteLimits.DEFAULT,
                clock);
        store.attach(new JobConsumer() {
            @Override
            public ClaimRequest wanted() {
                return new ClaimRequest("here", TOGETHER, TOGETHER, Set.of("noop"), Map.of(), clock.instant(), null);
            }

            @Override
            public void take(List<Job> claimed) {
                taken.addAll(claimed);
            }
        });
        run(1); // the first one looks for waiting jobs and reads what is not known yet
        connections.statements();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aJobThatFindsASlotCostsTwoTransactionsAndFourStatements() {
        run(1);
        Map<String, Integer> statements = connections.statements();
        assertEquals(2, times(statements, "COMMIT"), "flushes to the disk");
        assertEquals(1, times(statements, "INSERT INTO jobs"));
        assertEquals(1, times(statements, "INSERT INTO log_lines"));
        assertEquals(1, times(statements, "INSERT INTO results"));
        assertEquals(1, times(statements, "UPDATE jobs SET"));
        assertEquals(3, times(statements, "UPDATE job_counts"));
        assertEquals(2, times(statements, "PRAGMA data_version"));
        assertEquals(13, all(statements), () -> "other statements: " + statements);
    }

    @Test
    void aJobThatCompletesCostsNoMoreWithNotificationsWhileNoneIsFailing() {
        NotificationRule rule = new NotificationRule(
                "ops",
                Set.of(NotificationEvent.FAILED, NotificationEvent.COMPLETED_AFTER_FAILING, NotificationEvent.MISSED),
                Duration.ofHours(1),
                Duration.ofHours(1),
                Set.of(),
                null,
                new NotificationTarget(NotificationFormat.SLACK, "sealed", null, List.of()),
                Duration.ZERO,
                Duration.ZERO,
                false);
        SqliteNotifications notifications = new SqliteNotifications(store);
        notifications.attach(time -> {});
        notifications
                .put(new KeptNotificationRule(rule, "chat:443", 0, clock.instant(), null), null)
                .toCompletableFuture()
                .join();
        run(1); // which reads the rules
        connections.statements();
        run(1);
        assertEquals(13, all(connections.statements()));
    }

    @Test
    void jobsThatComeTogetherShareTheRest() {
        run(TOGETHER);
        Map<String, Integer> statements = connections.statements();
        assertEquals(TOGETHER, times(statements, "INSERT INTO jobs"));
        int whole = all(statements);
        assertTrue(whole <= 4 * TOGETHER + 2 * 9, () -> whole + " statements: " + statements);
    }

    @Test
    void jobsThatComeTogetherChangeFewPages() throws IOException {
        long before = frames();
        for (int n = 0; n < 4; n++) {
            run(TOGETHER);
        }
        double pages = (frames() - before) / (4.0 * TOGETHER);
        assertTrue(pages <= 0.6, () -> pages + " pages a job");
    }

    private long frames() throws IOException {
        return Files.size(folder.resolve("pawl.db-wal")) / FRAME_BYTES;
    }

    private static int times(Map<String, Integer> statements, String beginning) {
        return statements.entrySet().stream()
                .filter(statement -> statement.getKey().startsWith(beginning))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private static int all(Map<String, Integer> statements) {
        return statements.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Adds jobs, which start at once, and ends them, each time in one transaction. */
    private void run(int jobs) {
        taken.clear();
        inOneTransaction(numbered(jobs), job -> store.add(List.of(job)).toCompletableFuture());
        assertEquals(jobs, taken.size());
        inOneTransaction(List.copyOf(taken), job -> store.write(end(job)).toCompletableFuture());
        assertEquals(0, store.counts().get(JobStatus.RUNNING));
    }

    private <T> void inOneTransaction(List<T> all, Function<T, CompletableFuture<?>> change) {
        if (all.size() == 1) {
            change.apply(all.get(0)).join();
            return;
        }
        CompletableFuture<Void> together = new CompletableFuture<>();
        CompletableFuture<Void> begun = new CompletableFuture<>();
        var first = store.writer().submit(1, session -> {
            begun.complete(null);
            return together.join(); // what arrives meanwhile forms the next group
        });
        begun.join();
        List<CompletableFuture<?>> changes = new ArrayList<>();
        all.forEach(one -> changes.add(change.apply(one)));
        together.complete(null);
        first.toCompletableFuture().join();
        changes.forEach(CompletableFuture::join);
    }

    /** Jobs with ids in order, as the scheduler makes them. */
    private List<NewJob> numbered(int jobs) {
        List<NewJob> all = new ArrayList<>();
        for (int n = 0; n < jobs; n++) {
            JobRequest request =
                    JobRequest.builder(List.of(new Task("noop", Map.of()))).build();
            all.add(new NewJob(new UUID(++ids, 0), request, clock.instant()));
        }
        return all;
    }

    private RunWrite end(Job job) {
        return RunWrite.of(new RunId(job.id(), job.state().epoch()), 0)
                .withLines(List.of(new RunWrite.Line(clock.instant(), LogLevel.INFO, "done")))
                .withResults(List.of(new RunWrite.Emitted(clock.instant(), "{\"ok\":true}")))
                .withTask(RunWrite.TaskChange.NONE.withModuleVersion("1.0.0"))
                .withElapsed(Duration.ofMillis(1))
                .withMove(new RunMove.Completed(clock.instant()));
    }
}
