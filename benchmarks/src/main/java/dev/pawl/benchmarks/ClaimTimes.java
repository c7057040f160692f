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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The time of a claim of 16 jobs by the store alone, each in a transaction of its own that is on the disk when it returns: in an empty
 * database, beside very many finished jobs, and while somebody's transaction stays open. For use by one thread.
 */
final class ClaimTimes implements AutoCloseable {

    static final int CLAIMED = 16;

    private static final int CHURNED_AT_ONCE = 500;
    private static final int FILLED_AT_ONCE = 1_000_000;
    private static final Duration SPREAD = Duration.ofDays(100); // over which they ended

    /** Finished no-op jobs: from a number on, so many. */
    private static final String FINISHED = """
            INSERT INTO jobs (job, id, module_key, priority, created_at, queued_at, search_title, request)
            SELECT i, (lpad(to_hex(1600000000000 + i), 12, '0') || '7' || substr(md5(i::text), 1, 19))::uuid, 'noop', 0,
                $AT, $AT, 'noop', '{"title":"noop","tasks":[{"module":"noop","inputs":{}}]}' FROM generate_series($FROM::bigint, $TO) i;
            INSERT INTO ended (job, module_key, lane, queued_at, epoch, started_at, worker, module_version, lines,
                log_size, results, final_results, status, completed_at)
            SELECT i, 'noop', 0, $AT, 1, $AT, 'here', '1.0.0', 1, 4, 1, 1, 'completed', $AT + 900
            FROM generate_series($FROM::bigint, $TO) i;
            INSERT INTO log_lines (job, n, at, level, task_index, epoch, message)
            SELECT i, 1, $AT, 'INFO', 0, 1, 'done' FROM generate_series($FROM::bigint, $TO) i;
            INSERT INTO results (job, n, at, task_index, body)
            SELECT i, 1, $AT, 0, '{"ok":true}' FROM generate_series($FROM::bigint, $TO) i;
            INSERT INTO commits (owner, n, pending, running, completed, failed, stopped) VALUES (1, $TO, 0, 0, $TO - $FROM + 1, 0, 0);
            """;

    private static final String BLOCKS =
            "SELECT sum(coalesce(hits, 0) + coalesce(reads, 0)) FROM pg_stat_io WHERE backend_type = 'client backend'";
    private static final String SIZES = "SELECT relname, pg_table_size(oid), pg_indexes_size(oid) FROM pg_class "
            + "WHERE relname IN ('jobs', 'ended', 'log_lines', 'results') ORDER BY 1";

    private final ClusterDatabase database;
    private final String name;
    private final PostgresStore store;
    private Map<String, Integer> limits = Map.of();
    private Instant finishedFrom = Instant.EPOCH;
    private Duration finishedApart = Duration.ZERO;

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

    /** Makes finished jobs by SQL, as they would be a while after their end, before any other job; returns the bytes of one in tables and indexes. */
    double finish(int jobs) throws SQLException {
        try (Connection connection = database.connect(name);
                Statement statement = connection.createStatement()) {
            double before = size(statement);
            statement.execute("SET synchronous_commit = off");
            long first = 1; // before all that follow
            statement.execute("SELECT setval('job_numbers', " + jobs + ")");
            long apart = micros(SPREAD) / jobs;
            finishedFrom =
                    Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(SPREAD).minus(Duration.ofDays(1));
            finishedApart = Duration.of(apart, ChronoUnit.MICROS);
            String at = finishedFrom.getEpochSecond() * 1_000_000 + " + (i - " + first + ") * " + apart;
            for (int done = 0; done < jobs; done += FILLED_AT_ONCE) {
                statement.execute(FINISHED.replace("$AT", at)
                        .replace("$FROM", Long.toString(first + done))
                        .replace("$TO", Long.toString(first + Math.min(jobs, done + FILLED_AT_ONCE) - 1)));
            }
            statement.execute("VACUUM ANALYZE jobs, ended, log_lines, results");
            return (size(statement) - before) / jobs;
        }
    }

    /** The bytes of each table and of its indexes. */
    Map<String, double[]> sizes() throws SQLException {
        Map<String, double[]> sizes = new LinkedHashMap<>();
        try (Connection connection = database.connect(name);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SIZES)) {
            while (row.next()) {
                sizes.put(row.getString(1), new double[] {row.getDouble(2), row.getDouble(3)});
            }
        }
        return sizes;
    }

    private static long micros(Duration time) {
        return time.toNanos() / 1_000;
    }

    /** The store. */
    PostgresStore store() {
        return store;
    }

    /** The time before which the next so many of the finished jobs ended. */
    Instant nextEnd(int jobs) {
        finishedFrom = finishedFrom.plus(finishedApart.multipliedBy(jobs));
        return finishedFrom;
    }

    private static double size(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT pg_database_size(current_database())")) {
            row.next();
            return row.getDouble(1);
        }
    }

    /** Claims so often; the jobs end before the next claim. */
    Sample measure(int rounds) {
        prepare(rounds + rounds / 4);
        Sample sample = new Sample();
        for (int round = -rounds / 4; round < rounds; round++) {
            long nanos = claimNanos();
            if (round >= 0) {
                sample.addNanos(nanos);
            }
        }
        return sample;
    }

    /** Lets as many jobs wait as so many claims take. */
    void prepare(int rounds) {
        add(rounds * CLAIMED);
    }

    /** The time of a claim; the jobs end afterwards. */
    long claimNanos() {
        long began = System.nanoTime();
        List<Job> claimed = claim(CLAIMED);
        long took = System.nanoTime() - began;
        if (claimed.size() != CLAIMED) {
            throw new IllegalStateException("Only " + claimed.size() + " jobs were claimed.");
        }
        end(claimed);
        return took;
    }

    /** The blocks that all sessions of clients have touched until now; a session tells of them with a transaction a second later. */
    double blocks() throws SQLException {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1_200));
        store.offer().toCompletableFuture().join();
        try (Connection connection = database.connect(name);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(BLOCKS)) {
            row.next();
            return row.getDouble(1);
        }
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

    /** Lets claims count modules with limits. */
    void limit(Map<String, Integer> modules) {
        limits = modules;
    }

    private void add(int jobs) {
        List<NewJob> added = new ArrayList<>();
        for (int n = 0; n < jobs; n++) {
            JobRequest request =
                    JobRequest.builder(List.of(new Task("noop", Map.of()))).build();
            added.add(new NewJob(UUID.randomUUID(), request, Instant.now()));
        }
        add(added);
    }

    void add(List<NewJob> jobs) {
        store.add(jobs, null).toCompletableFuture().join();
    }

    List<Job> claim(int most) {
        ClaimRequest request = new ClaimRequest("here", most, most, null, limits, Instant.now(), null);
        return store.claim(request).toCompletableFuture().join();
    }

    void write(List<RunWrite> writes) {
        List<CompletableFuture<?>> written = new ArrayList<>();
        writes.forEach(write -> written.add(store.write(write).toCompletableFuture()));
        written.forEach(CompletableFuture::join);
    }

    void end(List<Job> jobs) {
        List<RunWrite> ends = new ArrayList<>();
        for (Job job : jobs) {
            ends.add(RunWrite.of(new RunId(job.id(), job.state().epoch()), 0)
                    .withLines(List.of(new RunWrite.Line(Instant.now(), LogLevel.INFO, "done")))
                    .withResults(List.of(new RunWrite.Emitted(Instant.now(), "{\"ok\":true}")))
                    .withElapsed(Duration.ofMillis(1))
                    .withMove(new RunMove.Completed(Instant.now())));
        }
        write(ends);
    }

    @Override
    public void close() {
        store.close();
    }
}
