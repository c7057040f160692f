package dev.pawl.benchmarks;

import dev.pawl.api.module.LogLevel;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import dev.pawl.store.postgres.PostgresStore;
import dev.pawl.store.postgres.engine.PostgresAddress;
import dev.pawl.store.postgres.engine.StoreClock;
import dev.pawl.store.postgres.job.LogCap;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * The time of a claim of 16 jobs by the store alone, each in a transaction of its own that is on the disk when it returns: in an empty
 * database, beside very many finished jobs, and while somebody's transaction stays open. For use by one thread.
 */
final class ClaimTimes implements AutoCloseable {

    static final int CLAIMED = 16;

    private static final int CHURNED_AT_ONCE = 500;
    private static final int FILLED_AT_ONCE = 1_000_000;
    private static final String SECONDS_APART = "1000000";

    /** Finished no-op jobs: from a number on, so many. */
    private static final String FINISHED = """
            INSERT INTO jobs (job, id, module_key, priority, created_at, queued_at, search_title, request)
            SELECT i, (lpad(to_hex(1600000000000 + i), 12, '0') || '7' || substr(md5(i::text), 1, 19))::uuid, 'noop', 0,
                i * $APART, i * $APART, 'noop', '{"modules":[{"id":"noop"}]}' FROM generate_series($FROM, $TO) i;
            INSERT INTO ended (job, module_key, lane, queued_at, epoch, started_at, run_started_at, worker, module_version, lines,
                log_size, results, final_results, status, completed_at)
            SELECT i, 'noop', 0, i * $APART, 1, i * $APART, i * $APART, 'here', '1.0.0', 1, 4, 1, 1, 'completed', i * $APART + 900
            FROM generate_series($FROM, $TO) i;
            INSERT INTO log_lines (job, n, at, level, task_index, epoch, message)
            SELECT i, 1, i * $APART, 'INFO', 0, 1, 'done' FROM generate_series($FROM, $TO) i;
            INSERT INTO results (job, n, at, task_index, body)
            SELECT i, 1, i * $APART, 0, '{"ok":true}' FROM generate_series($FROM, $TO) i;
            INSERT INTO commits (owner, n, pending, running, completed, failed, stopped) VALUES (1, $TO, 0, 0, $TO - $FROM + 1, 0, 0);
            """;

    private final ClusterDatabase database;
    private final String name;
    private final PostgresStore store;

    /** Opens a store in an empty database. */
    ClaimTimes(ClusterDatabase database, String name) {
        this.database = database;
        this.name = name;
        this.store = PostgresStore.open(
                new PostgresAddress(database.address(name), "postgres", "postgres"),
                StoreClock.ofDatabase(),
                LogCap.DEFAULT,
                Duration.ofSeconds(15));
    }

    /** Makes finished jobs by SQL, as they would be a while after their end; returns the bytes of one in tables and indexes. */
    double finish(int jobs) throws SQLException {
        try (Connection connection = database.connect(name);
                Statement statement = connection.createStatement()) {
            double before = size(statement);
            statement.execute("SET synchronous_commit = off");
            statement.execute("SELECT setval('job_numbers', nextval('job_numbers') + " + jobs + ")");
            long first = 1L << 40; // after those of the measurements before
            for (int done = 0; done < jobs; done += FILLED_AT_ONCE) {
                statement.execute(FINISHED.replace("$FROM", Long.toString(first + done))
                        .replace("$TO", Long.toString(first + Math.min(jobs, done + FILLED_AT_ONCE) - 1))
                        .replace("$APART", SECONDS_APART));
            }
            statement.execute("VACUUM ANALYZE jobs, ended, log_lines, results");
            return (size(statement) - before) / jobs;
        }
    }

    private static double size(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT pg_database_size(current_database())")) {
            row.next();
            return row.getDouble(1);
        }
    }

    /** Claims so often; the jobs end before the next claim. */
    Sample measure(int rounds) {
        add((rounds + rounds / 4) * CLAIMED);
        Sample sample = new Sample();
        for (int round = -rounds / 4; round < rounds; round++) {
            long began = System.nanoTime();
            List<Job> claimed = claim(CLAIMED);
            if (round >= 0) {
                sample.addNanos(System.nanoTime() - began);
            }
            if (claimed.size() != CLAIMED) {
                throw new IllegalStateException("Only " + claimed.size() + " jobs were claimed.");
            }
            end(claimed);
        }
        return sample;
    }

    /** Lets so many jobs wait, run and end. */
    void churn(int jobs) {
        for (int done = 0; done < jobs; done += CHURNED_AT_ONCE) {
            add(CHURNED_AT_ONCE);
            end(claim(CHURNED_AT_ONCE));
        }
    }

    /** Lets so many jobs wait, run and end, and measures claims, while somebody's transaction that has written stays open. */
    Sample whileOpen(int jobs, int rounds) throws SQLException {
        try (Connection other = database.connect(name);
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ");
            statement.execute("SELECT pg_current_xact_id()");
            churn(jobs);
            Sample sample = measure(rounds);
            statement.execute("ROLLBACK");
            return sample;
        }
    }

    private void add(int jobs) {
        List<NewJob> added = new ArrayList<>();
        for (int n = 0; n < jobs; n++) {
            JobRequest request =
                    JobRequest.builder(List.of(new Task("noop", Map.of()))).build();
            added.add(new NewJob(UUID.randomUUID(), request, Instant.now()));
        }
        store.add(added, null).toCompletableFuture().join();
    }

    private List<Job> claim(int most) {
        ClaimRequest request = new ClaimRequest("here", most, most, null, Map.of(), Instant.now(), null);
        return store.claim(request).toCompletableFuture().join();
    }

    private void end(List<Job> jobs) {
        List<CompletableFuture<?>> ends = new ArrayList<>();
        for (Job job : jobs) {
            ends.add(store.write(RunWrite.of(new RunId(job.id(), job.state().epoch()), 0)
                            .withLines(List.of(new RunWrite.Line(Instant.now(), LogLevel.INFO, "done")))
                            .withResults(List.of(new RunWrite.Emitted(Instant.now(), "{\"ok\":true}")))
                            .withElapsed(Duration.ofMillis(1))
                            .withMove(new RunMove.Completed(Instant.now())))
                    .toCompletableFuture());
        }
        ends.forEach(CompletableFuture::join);
    }

    @Override
    public void close() {
        store.close();
    }
}
