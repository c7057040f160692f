package dev.pawl.benchmarks.peer;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Runs db-scheduler with immediate execution: a job is a row that is deleted once it has run. */
public final class DbSchedulerPeer implements Peer {

    private static final String TABLE = """
            CREATE TABLE scheduled_tasks (task_name TEXT NOT NULL, task_instance TEXT NOT NULL, task_data BLOB, \
            execution_time TIMESTAMP NOT NULL, picked BOOLEAN NOT NULL, picked_by TEXT, last_success TIMESTAMP, \
            last_failure TIMESTAMP, consecutive_failures INT, last_heartbeat TIMESTAMP, version BIGINT NOT NULL, \
            priority SMALLINT, state TEXT, PRIMARY KEY (task_name, task_instance))\
            """;
    private static final String BY_TIME = "CREATE INDEX by_time ON scheduled_tasks (execution_time)";
    private static final String BY_HEARTBEAT = "CREATE INDEX by_heartbeat ON scheduled_tasks (last_heartbeat)";

    private final HikariDataSource database;
    private final OneTimeTask<Void> task;
    private final Scheduler scheduler;

    private DbSchedulerPeer(Path folder, Runnable work) throws SQLException {
        database = PeerDatabase.in(folder);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(TABLE);
            statement.executeUpdate(BY_TIME);
            statement.executeUpdate(BY_HEARTBEAT);
        }
        task = Tasks.oneTime("no-op").execute((instance, context) -> work.run());
        scheduler = Scheduler.create(database, task)
                .threads(PeerLoad.WORKERS)
                .enableImmediateExecution()
                .pollingInterval(Duration.ofSeconds(1))
                .build();
        scheduler.start();
    }

    /** Takes the arguments of {@link PeerLoad#measure}. */
    public static void main(String[] arguments) throws Exception {
        PeerLoad.measure(arguments, work -> new DbSchedulerPeer(Path.of(arguments[0]), work));
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
    public void close() {
        scheduler.stop();
        database.close();
    }
}
