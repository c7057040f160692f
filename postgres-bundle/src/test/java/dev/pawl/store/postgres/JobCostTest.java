package dev.pawl.store.postgres;

import static dev.pawl.store.postgres.TwoStores.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The bytes that a job costs in the log of the database, which are what several servers share first. */
@ExtendWith(TestDatabase.class)
class JobCostTest {

    private static final Instant ANY_TIME = Instant.parse("1999-01-01T00:00:00Z");
    private static final int GROUP = 50;
    private static final int JOBS = 2_000;

    private final BlockingQueue<Job> taken = new LinkedBlockingQueue<>();
    private PostgresStore store;

    @BeforeEach
    void open() throws SQLException {
        TestDatabase.migrate();
        TestDatabase.empty();
        store = TestDatabase.store();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void attach() {
        store.attach(new JobConsumer() {
            @Override
            public ClaimRequest wanted() {
                return new ClaimRequest("w", GROUP, GROUP, null, Map.of(), ANY_TIME, null);
            }

            @Override
            public void take(List<Job> claimed) {
                taken.addAll(claimed);
            }
        });
    }

    private void add(int jobs) {
        List<NewJob> added = new ArrayList<>();
        for (int n = 0; n < jobs; n++) {
            added.add(new NewJob(
                    new UUID(0x0190_0000_0000_7000L + System.nanoTime(), n), // in order, as those of the server are
                    JobRequest.builder(List.of(new Task("m", Map.of()))).build(),
                    ANY_TIME));
        }
        await(store.add(added));
    }

    private void end(int jobs) throws InterruptedException {
        List<CompletionStage<?>> ends = new ArrayList<>();
        for (int n = 0; n < jobs; n++) {
            Job run = taken.poll(30, TimeUnit.SECONDS);
            assertTrue(run != null, "no job was claimed");
            ends.add(store.write(RunWrite.of(new RunId(run.id(), run.state().epoch()), 0)
                    .withLines(List.of(new RunWrite.Line(ANY_TIME, LogLevel.INFO, "done")))
                    .withResults(List.of(new RunWrite.Emitted(ANY_TIME, "{\"ok\":true}")))
                    .withElapsed(Duration.ofMillis(1))
                    .withMove(new RunMove.Completed(ANY_TIME))));
        }
        ends.forEach(TwoStores::await);
    }

    private static long logged() throws SQLException {
        try (Connection connection = TestDatabase.server().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn")) {
            row.next();
            return row.getLong(1);
        }
    }

    private interface Part {
        void run() throws InterruptedException;
    }

    private static long bytesOfAJob(Part part) throws Exception {
        long before = logged();
        part.run();
        return (logged() - before) / JOBS;
    }

    @Test
    void aJobThatStartsAtOnceIsLoggedInFewBytes() throws Exception {
        attach();
        long bytes = bytesOfAJob(() -> {
            for (int n = 0; n < JOBS; n += GROUP) {
                add(GROUP);
                end(GROUP);
            }
        });
        assertTrue(bytes < 1_500, () -> bytes + " bytes");
    }

    @Test
    void aJobThatWaitsFirstIsLoggedInFewBytes() throws Exception {
        long bytes = bytesOfAJob(() -> {
            for (int n = 0; n < JOBS; n += GROUP) {
                add(GROUP);
            }
            attach();
            await(store.offer());
            end(JOBS);
        });
        assertTrue(bytes < 2_000, () -> bytes + " bytes");
    }
}
