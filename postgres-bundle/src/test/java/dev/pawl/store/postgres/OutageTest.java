package dev.pawl.store.postgres;

import static dev.pawl.store.postgres.TwoStores.await;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.StaleRunException;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.Task;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.JobChange;
import dev.pawl.service.store.JobConsumer;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import dev.pawl.store.postgres.engine.Connections;
import dev.pawl.store.postgres.engine.Database;
import dev.pawl.store.postgres.engine.PostgresAddress;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.StoreClock;
import dev.pawl.store.postgres.job.LogCap;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two servers that run jobs while one of them, or both, cannot reach the database: each job is run to its end, and none is lost. */
@ExtendWith(TestDatabase.class)
class OutageTest {

    private static final Instant ANY_TIME = Instant.parse("1999-01-01T00:00:00Z");
    private static final Duration WAIT = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration BEYOND_THE_LEASE = Duration.ofSeconds(20);

    /** The kinds of faults. */
    enum Fault {
        CUT_BOTH_WAYS,
        CUT_TO_THE_DATABASE,
        CUT_TO_THE_SERVER,
        LISTENER_CUT,
        DATABASE_FROZEN,
        DATABASE_KILLED
    }

    /** Connections of a server, some of which go through the network that is cut. */
    private record Routed(Connections near, Connections far, boolean onlyListener) implements Connections {

        @Override
        public String place() {
            return near.place();
        }

        @Override
        public Session writer() throws SQLException {
            return (onlyListener ? near : far).writer();
        }

        @Override
        public Session listener() throws SQLException {
            return far.listener();
        }

        @Override
        public Session reader() throws SQLException {
            return (onlyListener ? near : far).reader();
        }

        @Override
        public void close() {
            near.close();
            far.close();
        }
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private TcpProxy network;
    private DatabaseProcess database;
    private volatile boolean over;

    @BeforeEach
    void open() throws Exception {
        TestDatabase.migrate();
        TestDatabase.empty();
        database = DatabaseProcess.find();
        network = TcpProxy.to(TestDatabase.server().getPort());
    }

    @AfterEach
    void close() throws Exception {
        over = true;
        network.close();
        threads.shutdown();
        assertTrue(threads.awaitTermination(60, TimeUnit.SECONDS));
    }

    private PostgresStore open(Fault fault) {
        PostgresAddress near = TestDatabase.address();
        PostgresAddress far = new PostgresAddress(
                "jdbc:postgresql://localhost:" + network.port() + "/postgres", near.user(), near.password());
        return PostgresStore.open(
                new Routed(new Database(near, WAIT), new Database(far, WAIT), fault == Fault.LISTENER_CUT),
                StoreClock.ofDatabase(),
                LogCap.DEFAULT,
                WAIT);
    }

    private static NewJob job() {
        return new NewJob(
                UUID.randomUUID(),
                JobRequest.builder(List.of(new Task("m", Map.of()))).build(),
                ANY_TIME);
    }

    /** Runs each job that a store claims: it has one result and ends. What the store cannot take is said again, unless the job was taken. */
    private final class Running implements JobConsumer {

        private final PostgresStore store;

        Running(PostgresStore store) {
            this.store = store;
        }

        @Override
        public ClaimRequest wanted() {
            return over ? null : new ClaimRequest("w", 4, 4, null, Map.of(), ANY_TIME, null);
        }

        @Override
        public void take(List<Job> claimed) {
            claimed.forEach(run -> threads.execute(() -> end(run)));
        }

        private void end(Job run) {
            RunWrite write = RunWrite.of(new RunId(run.id(), run.state().epoch()), 0)
                    .withResults(List.of(new RunWrite.Emitted(ANY_TIME, "{}")))
                    .withMove(new RunMove.Completed(ANY_TIME));
            while (!over) {
                try {
                    await(store.write(write));
                    return;
                } catch (StaleRunException e) {
                    return; // another server has it, or it has ended by the write before
                } catch (ProblemException e) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                }
            }
        }
    }

    /** Adds a job, again and again until the store has it. */
    private void add(PostgresStore store, NewJob job) {
        while (!over) {
            try {
                await(store.add(List.of(job)));
                return;
            } catch (IllegalArgumentException e) {
                return; // it is there already
            } catch (ProblemException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
    }

    private void strike(Fault fault) throws Exception {
        switch (fault) {
            case CUT_BOTH_WAYS, LISTENER_CUT -> network.cut(true, true);
            case CUT_TO_THE_DATABASE -> network.cut(true, false);
            case CUT_TO_THE_SERVER -> network.cut(false, true);
            case DATABASE_FROZEN -> database.freeze();
            case DATABASE_KILLED -> database.kill();
        }
    }

    private void end(Fault fault) throws Exception {
        switch (fault) {
            case CUT_BOTH_WAYS, CUT_TO_THE_DATABASE, CUT_TO_THE_SERVER, LISTENER_CUT -> network.mend();
            case DATABASE_FROZEN -> database.thaw();
            case DATABASE_KILLED -> database.start();
        }
    }

    private void outage(Fault fault, Duration length) throws Exception {
        PostgresStore cut = open(fault);
        PostgresStore other = TestDatabase.store();
        try {
            Set<UUID> told = ConcurrentHashMap.newKeySet(); // jobs whose end the cut server knows
            cut.observe(changes -> changes.stream()
                    .filter(change -> change.kind() == JobChange.Kind.ENDED)
                    .forEach(change -> told.add(change.id())));
            for (PostgresStore store : List.of(cut, other)) {
                await(store.recover(5, ANY_TIME));
                store.attach(new Running(store));
            }
            List<UUID> jobs = new ArrayList<>();
            List<CompletableFuture<Void>> adding = new ArrayList<>();
            for (PostgresStore store : List.of(cut, other)) {
                List<NewJob> own = new ArrayList<>();
                for (int n = 0; n < 150; n++) {
                    own.add(job());
                }
                own.forEach(job -> jobs.add(job.id()));
                adding.add(CompletableFuture.runAsync(() -> own.forEach(job -> add(store, job)), threads));
            }
            eventually("jobs run", () -> told.size() > 10);
            strike(fault);
            try {
                LockSupport.parkNanos(length.toNanos());
            } finally {
                end(fault);
            }
            for (CompletableFuture<Void> one : adding) {
                one.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            eventually(
                    "all jobs are over after " + fault,
                    PATIENCE,
                    () -> other.counts().getOrDefault(JobStatus.COMPLETED, 0L) == jobs.size());
            for (UUID job : jobs) {
                assertEquals(1, other.results(job, 0, 10).total(), () -> "results of " + job);
            }
            assertEquals(0, other.counts().getOrDefault(JobStatus.FAILED, 0L));
            NewJob last = job();
            add(other, last);
            eventually("the other server hears of it again", PATIENCE, () -> told.contains(last.id()));
        } finally {
            over = true;
            cut.close();
            other.close();
        }
    }

    @Test
    void jobsRunOnAfterAShortCut() throws Exception {
        outage(Fault.CUT_BOTH_WAYS, Duration.ofMillis(700));
    }

    @Tag("nightly")
    @ParameterizedTest
    @EnumSource
    void jobsRunOnAfterAnOutageThatIsLongerThanTheLease(Fault fault) throws Exception {
        outage(fault, BEYOND_THE_LEASE);
    }
}
