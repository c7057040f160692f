package dev.pawl.benchmarks;

import dev.pawl.api.module.LogLevel;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.PurgeRequest;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunWrite;
import dev.pawl.store.postgres.PostgresUpkeep;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that pass through a database: most wait in the queue, a fifth have a module with a limit, a tenth wait for a time first, and a tenth save a
 * checkpoint. Those of the last two parts are kept, older ones are removed. For use by one thread.
 */
final class Churn implements AutoCloseable {

    /** Autovacuum looks each second, since a day's jobs pass within minutes; all else of it is as PostgreSQL comes. */
    static final String SETTINGS = "autovacuum_naptime 1 s";

    private static final int AT_ONCE = 500;
    private static final Map<String, Integer> LIMITS = Map.of("limited", 5_000);
    private static final Duration LATER = Duration.ofMillis(100);
    private static final double MIB = 1 << 20;
    private static final String SIZES = "SELECT relname, pg_table_size(relid), pg_indexes_size(relid), n_dead_tup "
            + "FROM pg_stat_user_tables WHERE relname IN ('ready', 'later', 'runs', 'jobs', 'ended', 'commits', 'servers') ORDER BY 1";

    private final ClaimTimes claims;
    private final ClusterDatabase database;
    private final PostgresUpkeep upkeep;
    private final Connection connection;
    private final @Nullable Connection holder;
    private final Deque<Instant> parts = new ArrayDeque<>();
    private int passed;

    /**
     * The size of a table.
     *
     * @param dead its rows that are not there for new transactions any more
     */
    record Size(double tableMiB, double indexMiB, double dead) {}

    /**
     * The measurements after a part.
     *
     * @param passed the jobs that have passed by then
     * @param claims the times of claims, milliseconds
     * @param blocks those that a claim, and the ends of what it claimed, touch
     * @param walBytes of a job of the part
     * @param rate jobs of the part a second
     */
    record State(int passed, Sample claims, double blocks, double walBytes, double rate, Map<String, Size> tables) {}

    /** Opens a store in an empty database, in which somebody's transaction stays open, or not. */
    Churn(ClusterDatabase database, String name, boolean isHeld) throws SQLException {
        this.database = database;
        this.claims = new ClaimTimes(database, name);
        claims.limit(LIMITS);
        this.upkeep = new PostgresUpkeep(claims.store(), InstantSource.system());
        this.connection = database.connect(name);
        run("ALTER SYSTEM SET autovacuum_naptime = '1s'");
        run("SELECT pg_reload_conf()");
        this.holder = isHeld ? hold(database.connect(name)) : null;
    }

    private static Connection hold(Connection other) throws SQLException {
        try (Statement statement = other.createStatement()) {
            statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ");
            statement.execute("SELECT pg_current_xact_id()");
        }
        return other;
    }

    /** Lets so many jobs pass, and measures. */
    State pass(int jobs, int rounds) throws Exception {
        parts.add(Instant.now());
        double walBefore = database.used().walBytes();
        long began = System.nanoTime();
        for (int done = 0; done < jobs; done += AT_ONCE) {
            claims.add(jobs(done));
            end(claims.claim(2 * AT_ONCE));
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        passed += jobs;
        double wal = (database.used().walBytes() - walBefore) / jobs;
        if (parts.size() > 2) {
            upkeep.purge(new PurgeRequest(Map.of(JobStatus.COMPLETED, parts.element()), false, true));
            parts.remove();
        }
        LockSupport.parkNanos(2 * LATER.toNanos());
        end(claims.claim(2 * AT_ONCE)); // those that have become due meanwhile
        double before = claims.blocks();
        Sample sample = claims.measure(rounds);
        double blocks = (claims.blocks() - before) / (rounds + rounds / 4);
        return new State(passed, sample, blocks, wal, jobs / seconds, sizes());
    }

    private static List<NewJob> jobs(int from) {
        List<NewJob> jobs = new ArrayList<>();
        Instant now = Instant.now();
        for (int n = 0; n < AT_ONCE; n++) {
            String module = n % 5 == 0 ? "limited" : "noop";
            JobRequest.Builder request = JobRequest.builder(List.of(new Task(module, Map.of())));
            if (n % 10 == 3) {
                request.notBefore(now.plus(LATER));
            }
            long time = now.toEpochMilli() << 16 | 0x7000 | (from / AT_ONCE & 0xfff);
            jobs.add(new NewJob(new UUID(time, UUID.randomUUID().getLeastSignificantBits()), request.build(), now));
        }
        return jobs;
    }

    private void end(List<Job> jobs) {
        List<RunWrite> checkpoints = new ArrayList<>();
        for (int n = 0; n < jobs.size(); n += 10) {
            Job job = jobs.get(n);
            checkpoints.add(RunWrite.of(new RunId(job.id(), job.state().epoch()), 0)
                    .withLines(List.of(new RunWrite.Line(Instant.now(), LogLevel.INFO, "half")))
                    .withTask(RunWrite.TaskChange.NONE.withCheckpoint(Map.of("n", n))));
        }
        claims.write(checkpoints);
        claims.end(jobs);
    }

    private Map<String, Size> sizes() throws SQLException {
        Map<String, Size> sizes = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SIZES)) {
            while (row.next()) {
                sizes.put(row.getString(1), new Size(row.getDouble(2) / MIB, row.getDouble(3) / MIB, row.getDouble(4)));
            }
        }
        return sizes;
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        if (holder != null) {
            holder.close();
        }
        connection.close();
        claims.close();
    }
}
