package dev.pawl.benchmarks.peer;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Runs db-scheduler with immediate execution: a job is a row that is deleted once it has run. On PostgreSQL its instances lock and fetch jobs
 * in batches, by one statement.
 */
public final class DbSchedulerPeer implements Peer {

    private static final String TABLE = """
            CREATE TABLE IF NOT EXISTS scheduled_tasks (task_name TEXT NOT NULL, task_instance TEXT NOT NULL, \
            task_data $BLOB, execution_time $TIME NOT NULL, picked BOOLEAN NOT NULL, picked_by TEXT, \
            last_success $TIME, last_failure $TIME, consecutive_failures INT, last_heartbeat $TIME, \
            version BIGINT NOT NULL, priority SMALLINT, state TEXT, PRIMARY KEY (task_name, task_instance))\
            """;
    private static final String BY_TIME = "CREATE INDEX IF NOT EXISTS by_time ON scheduled_tasks (execution_time)";
    private static final String BY_HEARTBEAT =
            "CREATE INDEX IF NOT EXISTS by_heartbeat ON scheduled_tasks (last_heartbeat)";

    /** Shares of its threads: fewer waiting jobs than the first let it fetch more, up to the second. */
    private static final double LOWER = 1.0;

    private static final double UPPER = 4.0;

    /** Short, since instances learn of the jobs of others by it alone. */
    private static final Duration SHARED_POLL = Duration.ofMillis(100);

    private final HikariDataSource database;
    private final OneTimeTask<Void> task;
    private final Scheduler scheduler;

    private DbSchedulerPeer(PeerDatabase place, Runnable work) throws SQLException {
        database = place.pool();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(TABLE.replace("$BLOB", place.type("BLOB", "BYTEA"))
                    .replace("$TIME", place.type("TIMESTAMP", "TIMESTAMPTZ")));
            statement.executeUpdate(BY_TIME);
            statement.executeUpdate(BY_HEARTBEAT);
        }
        task = Tasks.oneTime("no-op").execute((instance, context) -> work.run());
        SchedulerBuilder builder = Scheduler.create(database, task)
                .schedulerName(new SchedulerName.Fixed(UUID.randomUUID().toString()))
                .threads(PeerLoad.WORKERS)
                .enableImmediateExecution()
                .pollingInterval(place.isShared() ? SHARED_POLL : Duration.ofSeconds(1));
        if (place.isShared()) {
            builder.pollUsingLockAndFetch(LOWER, UPPER);
        }
        scheduler = builder.build();
        scheduler.start();
    }

    /** Takes the arguments of {@link PeerLoad#measure}. */
    public static void main(String[] arguments) throws Exception {
        PeerLoad.measure(arguments, work -> new DbSchedulerPeer(new PeerDatabase(arguments[0]), work));
    }

    @Override
    public void submit() {
        scheduler.schedule(task.instance(UUID.randomUUID().toString()), Instant.now());
    }

    @Override
    public long left() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM scheduled_tasks")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void pause() {
        scheduler.pause();
    }

    @Override
    public void resume() {
        scheduler.resume();
    }

    @Override
    public void close() {
        scheduler.stop();
        database.close();
    }
}
