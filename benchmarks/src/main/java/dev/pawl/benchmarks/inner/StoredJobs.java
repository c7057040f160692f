package dev.pawl.benchmarks.inner;

import dev.pawl.api.module.LogLevel;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.JobConsumer;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import dev.pawl.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Jobs through the store alone: added, which starts them, and ended with a line and a result, each of the two on disk before the next. The
 * peer writes as many rows of the same size, by SQLite alone, in as many commits.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class StoredJobs {

    private static final int ROWS_OF_A_JOB = 3; // itself, its line, its result
    private static final String BODY = "x".repeat(80);

    /** The number of jobs in one transaction. */
    @Param({"1", "64"})
    private int jobs;

    private final BlockingQueue<Job> claimed = new LinkedBlockingQueue<>();
    private final Path folder;
    private final SqliteStore store;
    private final Connection raw;
    private long id;

    /** Opens both files. */
    public StoredJobs() {
        try {
            folder = Files.createTempDirectory("pawl-inner");
            store = SqliteStore.open(folder.resolve("pawl.db"), InstantSource.system());
            raw = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("raw.db"));
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Begins to take jobs, and makes the peer's table. */
    @Setup
    public void begin() throws SQLException {
        store.attach(new JobConsumer() {
            @Override
            public ClaimRequest wanted() {
                return new ClaimRequest("here", jobs, jobs, Set.of("noop"), Map.of(), Instant.now(), null);
            }

            @Override
            public void take(List<Job> taken) {
                claimed.addAll(taken);
            }
        });
        try (Statement statement = raw.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, body TEXT)");
        }
        raw.setAutoCommit(false);
    }

    /** Closes and deletes both files. */
    @TearDown
    public void close() throws IOException, SQLException {
        store.close();
        raw.close();
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    /** The work of Pawl. */
    @Benchmark
    public void pawl() throws InterruptedException {
        List<NewJob> added = new ArrayList<>();
        for (int n = 0; n < jobs; n++) {
            JobRequest request =
                    JobRequest.builder(List.of(new Task("noop", Map.of()))).build();
            added.add(new NewJob(new UUID(++id, 0), request, Instant.now()));
        }
        store.add(added, null).toCompletableFuture().join();
        List<CompletableFuture<?>> ends = new ArrayList<>();
        for (int n = 0; n < jobs; n++) {
            ends.add(store.write(end(claimed.take())).toCompletableFuture());
        }
        ends.forEach(CompletableFuture::join);
    }

    private static RunWrite end(Job job) {
        return RunWrite.of(new RunId(job.id(), job.state().epoch()), 0)
                .withLines(List.of(new RunWrite.Line(Instant.now(), LogLevel.INFO, "done")))
                .withResults(List.of(new RunWrite.Emitted(Instant.now(), "{\"ok\":true}")))
                .withElapsed(Duration.ofMillis(1))
                .withMove(new RunMove.Completed(Instant.now()));
    }

    /** The work of the peer. */
    @Benchmark
    public void peer() throws SQLException {
        write(jobs);
        write((ROWS_OF_A_JOB - 1) * jobs);
    }

    private void write(int rows) throws SQLException {
        try (PreparedStatement insert = raw.prepareStatement("INSERT INTO rows (body) VALUES (?)")) {
            for (int n = 0; n < rows; n++) {
                insert.setString(1, BODY);
                insert.executeUpdate();
            }
        }
        raw.commit();
    }
}
