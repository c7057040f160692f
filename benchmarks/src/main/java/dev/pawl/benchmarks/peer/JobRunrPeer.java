package dev.pawl.benchmarks.peer;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.scheduling.BackgroundJob;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jobrunr.storage.sql.sqlite.SqLiteStorageProvider;

/** JobRunr with the shortest poll interval that it accepts. */
public final class JobRunrPeer implements Peer {

    private static final Duration SHORTEST_POLL = Duration.ofSeconds(5);

    private static volatile Runnable work = () -> {};

    private final HikariDataSource database;
    private final StorageProvider storage;

    private JobRunrPeer(PeerDatabase place) {
        database = place.pool();
        storage = place.isShared() ? new PostgresStorageProvider(database) : new SqLiteStorageProvider(database);
        JobRunr.configure()
                .useStorageProvider(storage)
                .useBackgroundJobServer(BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                        .andWorkerCount(PeerLoad.WORKERS)
                        .andPollInterval(SHORTEST_POLL))
                .initialize();
    }

    /** Takes the arguments of {@link PeerLoad#measure}. */
    public static void main(String[] arguments) throws Exception {
        PeerLoad.measure(arguments, counted -> {
            work = counted;
            return new JobRunrPeer(new PeerDatabase(arguments[0]));
        });
    }

    /** The job's method, which JobRunr finds by its name. */
    public static void run() {
        work.run();
    }

    @Override
    public void submit() {
        BackgroundJob.enqueue(JobRunrPeer::run);
    }

    @Override
    public long left() {
        return storage.countJobs(StateName.ENQUEUED) + storage.countJobs(StateName.PROCESSING);
    }

    @Override
    public void pause() {
        JobRunr.getBackgroundJobServer().pauseProcessing();
    }

    @Override
    public void resume() {
        JobRunr.getBackgroundJobServer().resumeProcessing();
    }

    @Override
    public void close() {
        JobRunr.destroy();
        database.close();
    }
}
