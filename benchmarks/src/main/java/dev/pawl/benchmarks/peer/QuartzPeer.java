package dev.pawl.benchmarks.peer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.UUID;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;

/**
 * Quartz: alone on H2, whose commits are on disk half a second later, a weaker guarantee than the other peers give; or as one of a cluster on
 * PostgreSQL.
 */
public final class QuartzPeer implements Peer {

    private static final String TABLES = "/org/quartz/impl/jdbcjobstore/tables_";
    private static final String STORE = "org.quartz.jobStore.";
    private static final String SOURCE = "org.quartz.dataSource.peer.";

    private static volatile Runnable work = () -> {};

    private final Scheduler scheduler;
    private final Connection connection;

    private QuartzPeer(PeerDatabase place) throws Exception {
        boolean isShared = place.isShared();
        String url = isShared ? place.place() : "jdbc:h2:" + place.place() + "/quartz";
        connection = DriverManager.getConnection(url);
        if (!isShared || !hasTables()) {
            createTables(TABLES + (isShared ? "postgres.sql" : "h2.sql"));
        }
        Properties properties = new Properties();
        properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        properties.setProperty(
                "org.quartz.scheduler.batchTriggerAcquisitionMaxCount", Integer.toString(PeerLoad.WORKERS));
        properties.setProperty("org.quartz.threadPool.threadCount", Integer.toString(PeerLoad.WORKERS));
        properties.setProperty("org.quartz.scheduler.instanceId", "AUTO");
        properties.setProperty(STORE + "class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
        properties.setProperty(
                STORE + "driverDelegateClass",
                "org.quartz.impl.jdbcjobstore." + (isShared ? "PostgreSQLDelegate" : "StdJDBCDelegate"));
        properties.setProperty(STORE + "isClustered", Boolean.toString(isShared));
        properties.setProperty(STORE + "dataSource", "peer");
        properties.setProperty(STORE + "acquireTriggersWithinLock", "true");
        properties.setProperty(SOURCE + "provider", "hikaricp");
        properties.setProperty(SOURCE + "driver", isShared ? "org.postgresql.Driver" : "org.h2.Driver");
        properties.setProperty(SOURCE + "URL", url);
        properties.setProperty(SOURCE + "maxConnections", Integer.toString(2 * PeerLoad.WORKERS + 1));
        scheduler = new StdSchedulerFactory(properties).getScheduler();
        scheduler.start();
    }

    private boolean hasTables() throws SQLException {
        try (ResultSet tables = connection.getMetaData().getTables(null, null, "qrtz_triggers", null)) {
            return tables.next();
        }
    }

    private void createTables(String name) throws IOException, SQLException {
        try (InputStream script = Scheduler.class.getResourceAsStream(name);
                Statement statement = connection.createStatement()) {
            if (script == null) {
                throw new IllegalStateException("Quartz has no " + name + ".");
            }
            statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Takes the arguments of {@link PeerLoad#measure}. */
    public static void main(String[] arguments) throws Exception {
        PeerLoad.measure(arguments, counted -> {
            work = counted;
            return new QuartzPeer(new PeerDatabase(arguments[0]));
        });
    }

    /** The job's class, which Quartz makes by its name. */
    public static final class NoOp implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            work.run();
        }
    }

    @Override
    public void submit() {
        try {
            scheduler.scheduleJob(
                    JobBuilder.newJob(NoOp.class)
                            .withIdentity(UUID.randomUUID().toString())
                            .build(),
                    TriggerBuilder.newTrigger().startNow().build());
        } catch (SchedulerException e) {
            throw new IllegalStateException("Quartz took no job", e);
        }
    }

    @Override
    public long left() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT (SELECT count(*) FROM qrtz_triggers) + (SELECT count(*) FROM qrtz_fired_triggers)")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public void pause() {
        try {
            scheduler.standby();
        } catch (SchedulerException e) {
            throw new IllegalStateException("Quartz does not pause", e);
        }
    }

    @Override
    public void resume() {
        try {
            scheduler.start();
        } catch (SchedulerException e) {
            throw new IllegalStateException("Quartz does not go on", e);
        }
    }

    @Override
    public void close() {
        try (connection) {
            scheduler.shutdown(true);
        } catch (SchedulerException | SQLException e) {
            throw new IllegalStateException("Quartz did not stop", e);
        }
    }
}
