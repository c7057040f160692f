package dev.pawl.benchmarks.peer;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

/** Quartz on H2, whose commits are on disk half a second later: a weaker guarantee than the other peers give. */
public final class QuartzPeer implements Peer {

    private static final String TABLES = "/org/quartz/impl/jdbcjobstore/tables_h2.sql";

    private static volatile Runnable work = () -> {};

    private final Scheduler scheduler;
    private final Connection connection;

    private QuartzPeer(Path folder) throws Exception {
        String url = "jdbc:h2:" + folder.resolve("quartz");
        connection = DriverManager.getConnection(url);
        try (InputStream script = Scheduler.class.getResourceAsStream(TABLES);
                Statement statement = connection.createStatement()) {
            if (script == null) {
                throw new IllegalStateException("Quartz has no " + TABLES + ".");
            }
            statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
        Properties properties = new Properties();
        properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        properties.setProperty(
                "org.quartz.scheduler.batchTriggerAcquisitionMaxCount", Integer.toString(PeerLoad.WORKERS));
        properties.setProperty("org.quartz.threadPool.threadCount", Integer.toString(PeerLoad.WORKERS));
        properties.setProperty("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
        properties.setProperty(
                "org.quartz.jobStore.driverDelegateClass", "org.quartz.impl.jdbcjobstore.StdJDBCDelegate");
        properties.setProperty("org.quartz.jobStore.dataSource", "h2");
        properties.setProperty("org.quartz.jobStore.acquireTriggersWithinLock", "true");
        properties.setProperty("org.quartz.dataSource.h2.provider", "hikaricp");
        properties.setProperty("org.quartz.dataSource.h2.driver", "org.h2.Driver");
        properties.setProperty("org.quartz.dataSource.h2.URL", url);
        properties.setProperty("org.quartz.dataSource.h2.maxConnections", Integer.toString(2 * PeerLoad.WORKERS + 1));
        scheduler = new StdSchedulerFactory(properties).getScheduler();
        scheduler.start();
    }

    /** Takes the arguments of {@link PeerLoad#measure}. */
    public static void main(String[] arguments) throws Exception {
        PeerLoad.measure(arguments, counted -> {
            work = counted;
            return new QuartzPeer(Path.of(arguments[0]));
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
    public void close() {
        try (connection) {
            scheduler.shutdown(true);
        } catch (SchedulerException | SQLException e) {
            throw new IllegalStateException("Quartz did not stop", e);
        }
    }
}
