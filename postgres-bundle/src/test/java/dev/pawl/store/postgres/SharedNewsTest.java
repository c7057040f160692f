package dev.pawl.store.postgres;

import static dev.pawl.store.postgres.TwoStores.await;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.LogLevel;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.JobChange;
import dev.pawl.service.store.JobChange.Kind;
import dev.pawl.service.store.JobConsumer;
import dev.pawl.service.store.JobObserver;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The changes of one server, as another one learns of them. */
@ExtendWith(TestDatabase.class)
class SharedNewsTest {

    private static final Instant ANY_TIME = Instant.parse("1999-01-01T00:00:00Z");

    @RegisterExtension
    final TwoStores stores = new TwoStores();

    /** Keeps what it is told. */
    private static final class Told implements JobObserver {

        final List<JobChange> changes = new CopyOnWriteArrayList<>();
        final List<UUID> written = new CopyOnWriteArrayList<>();
        final AtomicInteger missed = new AtomicInteger();
        final AtomicInteger cleared = new AtomicInteger();

        @Override
        public void changed(List<JobChange> made) {
            changes.addAll(made);
        }

        @Override
        public void changedElsewhere(List<JobChange> made, List<UUID> lines) {
            changes.addAll(made);
            written.addAll(lines);
        }

        @Override
        public void clearedElsewhere(int removed) {
            cleared.addAndGet(removed);
        }

        @Override
        public void missed() {
            missed.incrementAndGet();
        }

        Map<UUID, List<String>> byJob() {
            Map<UUID, List<String>> byJob = new LinkedHashMap<>();
            for (JobChange change : changes) {
                byJob.computeIfAbsent(change.id(), id -> new ArrayList<>()).add(change.kind() + " " + change.epoch());
            }
            return byJob;
        }
    }

    private static Told observed(PostgresStore store) {
        Told told = new Told();
        store.observe(told);
        return told;
    }

    private static NewJob job() {
        return new NewJob(
                UUID.randomUUID(),
                JobRequest.builder(List.of(new Task("m", Map.of()))).build(),
                ANY_TIME);
    }

    private static ClaimRequest request(int most) {
        return new ClaimRequest("w", most, 10_000, null, Map.of(), ANY_TIME, null);
    }

    private static List<Job> claim(PostgresStore store, int most) {
        return await(store.claim(request(most)));
    }

    private static RunWrite draft(Job run) {
        return RunWrite.of(new RunId(run.id(), run.state().epoch()), 0);
    }

    private static void sql(String statement) throws SQLException {
        try (Connection connection = TestDatabase.server().getPostgresDatabase().getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    @Test
    void aRemovalIsToldToBothServersAfterWhatCameBeforeWithAllThatListsShowOfTheJob() {
        Told first = observed(stores.first);
        Told second = observed(stores.second);
        NewJob added = new NewJob(
                UUID.randomUUID(),
                JobRequest.builder(List.of(new Task("m", Map.of("secret", "x")), new Task("n", Map.of())))
                        .title("a title")
                        .priority(7)
                        .build(),
                ANY_TIME);
        await(stores.first.add(List.of(added)));
        eventually(() -> assertEquals(1, second.changes.size()));
        Job run = claim(stores.second, 1).get(0);
        await(stores.second.write(draft(run).withMove(new RunMove.Completed(ANY_TIME))));
        Job ended = stores.first.find(run.id()).orElseThrow();
        assertTrue(await(stores.first.remove(run.id(), null)));
        List<String> all = List.of("ADDED 0", "STARTED 1", "ENDED 1", "REMOVED 1");
        eventually(() -> assertEquals(all, second.byJob().get(run.id())));
        eventually(() -> assertEquals(all, first.byJob().get(run.id())));
        Job told = second.changes.get(3).job();
        assertEquals(
                ended.withState(told.state()).request().title(), told.request().title());
        assertEquals(7, told.request().priority());
        assertEquals(
                List.of("m", "n"),
                told.request().tasks().stream().map(Task::module).toList());
        assertEquals(Map.of(), told.request().tasks().get(0).inputs(), "what lists do not show is not told");
        assertEquals(ended.createdAt(), told.createdAt());
        assertEquals(ended.state().status(), told.state().status());
        assertEquals(ended.state().startedAt(), told.state().startedAt());
        assertEquals(ended.state().completedAt(), told.state().completedAt());
        assertEquals(ended.state().worker(), told.state().worker());
        assertEquals(ended.state().attempt(), told.state().attempt());
    }

    @Test
    void whatAServerPutsBackAtItsStartIsToldToTheOthers() throws Exception {
        Told first = observed(stores.first);
        await(stores.first.add(List.of(job())));
        Job run = claim(stores.first, 1).get(0);
        sql(
                "UPDATE servers SET lease_until = (extract(epoch FROM clock_timestamp()) * 1000000)::bigint - 1 WHERE owner = "
                        + stores.first.owner());
        assertEquals(List.of(run.id()), await(stores.second.recover(3, ANY_TIME)));
        eventually(() -> assertEquals(
                List.of("ADDED 0", "STARTED 1", "WAITING 0"), first.byJob().get(run.id())));
    }

    @Test
    void allWaitingJobsThatAreRemovedAtOnceAreToldAsOneNumber() {
        Told second = observed(stores.second);
        await(stores.first.add(List.of(job(), job(), job())));
        eventually(() -> assertEquals(3, second.changes.size()));
        assertEquals(3, await(stores.first.removePending(null)));
        eventually(() -> assertEquals(3, second.cleared.get()));
        assertEquals(3, second.changes.size());
    }

    @Test
    void eachServerLearnsOfEachChangeOnceAndInTheOrderOfTheJob() {
        Told first = observed(stores.first);
        Told second = observed(stores.second);
        int jobs = 20;
        int moves = 12;
        List<NewJob> added = new ArrayList<>();
        for (int n = 0; n < jobs; n++) {
            added.add(job());
        }
        await(stores.first.add(added));
        AtomicInteger left = new AtomicInteger(jobs * moves);
        List<CompletableFuture<Void>> servers = new ArrayList<>();
        for (PostgresStore store : List.of(stores.first, stores.second)) {
            servers.add(CompletableFuture.runAsync(() -> {
                while (left.get() > 0) {
                    for (Job run : claim(store, 3)) {
                        left.decrementAndGet();
                        boolean last = run.state().epoch() == moves;
                        await(store.write(draft(run)
                                .withMove(
                                        last
                                                ? new RunMove.Completed(ANY_TIME)
                                                : RunMove.Parked.of(ParkReason.INTERRUPTED, ANY_TIME))));
                    }
                }
            }));
        }
        servers.forEach(CompletableFuture::join);
        List<String> whole = new ArrayList<>(List.of("ADDED 0"));
        for (int epoch = 1; epoch <= moves; epoch++) {
            whole.add("STARTED " + epoch);
            whole.add((epoch == moves ? "ENDED " : "WAITING ") + epoch);
        }
        for (Told told : List.of(first, second)) {
            eventually("all is told", () -> told.changes.size() >= jobs * whole.size());
            assertEquals(jobs, told.byJob().size());
            told.byJob().forEach((id, changes) -> assertEquals(whole, changes));
            assertEquals(0, told.missed.get());
        }
    }

    @Test
    void linesOfOneServerAreToldOnTheOther() {
        Told told = observed(stores.second);
        await(stores.first.add(List.of(job())));
        Job run = claim(stores.first, 1).get(0);
        await(stores.first.write(draft(run).withLines(List.of(new RunWrite.Line(ANY_TIME, LogLevel.INFO, "a line")))));
        eventually("the line is told", () -> told.written.contains(run.id()));
        assertEquals(2, told.changes.size());
    }

    @Test
    void aJobThatOneServerAddsIsClaimedByTheOtherAtOnce() {
        List<Job> taken = new CopyOnWriteArrayList<>();
        stores.second.attach(new JobConsumer() {
            @Override
            public ClaimRequest wanted() {
                return request(100);
            }

            @Override
            public void take(List<Job> claimed) {
                taken.addAll(claimed);
            }
        });
        long beganNs = System.nanoTime();
        for (int n = 1; n <= 20; n++) { // by the look of every two seconds it would take 40 s
            int jobs = n;
            await(stores.first.add(List.of(job())));
            eventually("the job is claimed", () -> taken.size() == jobs);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - beganNs);
        assertTrue(took.toSeconds() < 20, () -> "20 jobs took " + took);
    }

    @Test
    void noJobOfABurstIsLeftByAClaimThatWasUnderWayWhenItCame() {
        List<Job> taken = new CopyOnWriteArrayList<>();
        stores.second.attach(new JobConsumer() {
            @Override
            public ClaimRequest wanted() {
                return request(1_000);
            }

            @Override
            public void take(List<Job> claimed) {
                taken.addAll(claimed);
            }
        });
        for (int round = 1; round <= 40; round++) {
            for (int n = 0; n < 5; n++) {
                await(stores.first.add(List.of(job())));
            }
            int jobs = round * 5;
            eventually("all jobs are claimed", Duration.ofSeconds(8), () -> taken.size() == jobs);
        }
    }

    @Test
    void aJobThatOneServerAddsForLaterIsKnownToTheOther() {
        CompletableFuture<Void> told = new CompletableFuture<>();
        stores.second.attach(new JobConsumer() {
            @Override
            public ClaimRequest wanted() {
                return null;
            }

            @Override
            public void take(List<Job> claimed) {
                throw new AssertionError("nothing was wanted");
            }

            @Override
            public void timesChanged() {
                told.complete(null);
            }
        });
        JobRequest later = JobRequest.builder(List.of(new Task("m", Map.of())))
                .notBefore(Instant.now().plusSeconds(3_600))
                .build();
        await(stores.first.add(List.of(new NewJob(UUID.randomUUID(), later, ANY_TIME))));
        await(told);
    }

    @Test
    void aJobIsStoppedByTheServerOnWhichItRuns() {
        CompletableFuture<UUID> asked = new CompletableFuture<>();
        stores.second.attach(new JobConsumer() {
            @Override
            public ClaimRequest wanted() {
                return null;
            }

            @Override
            public void take(List<Job> claimed) {
                throw new AssertionError("nothing was wanted");
            }

            @Override
            public void stop(UUID job, AuditedChange change) {
                asked.complete(job);
            }
        });
        await(stores.first.add(List.of(job())));
        Job run = claim(stores.second, 1).get(0);
        assertFalse(await(stores.second.askToStop(run.id(), null)), "it runs there itself");
        assertTrue(await(stores.first.askToStop(run.id(), null)));
        assertEquals(run.id(), await(asked));
        await(stores.second.write(draft(run).withMove(new RunMove.Stopped(ANY_TIME))));
        assertFalse(await(stores.first.askToStop(run.id(), null)), "it has ended");
    }

    @Test
    void nothingIsMissedWhileTheConnectionThatListensBreaks() throws SQLException {
        Told told = observed(stores.second);
        List<UUID> added = new ArrayList<>();
        for (int round = 0; round < 6; round++) {
            for (int n = 0; n < 5; n++) {
                NewJob job = job();
                added.add(job.id());
                await(stores.first.add(List.of(job)));
            }
            sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'pawl-listener'");
        }
        eventually("all is told", () -> told.changes.size() >= added.size());
        assertEquals(added, told.changes.stream().map(JobChange::id).toList());
        assertEquals(0, told.missed.get());
    }

    @Test
    void changesThatAreTooManyAreToldAsMissed() {
        Told told = observed(stores.second);
        List<NewJob> jobs = new ArrayList<>();
        for (int n = 0; n < 2_500; n++) {
            jobs.add(job());
        }
        await(stores.first.add(jobs));
        eventually("it is told", () -> told.missed.get() > 0);
        NewJob next = job();
        await(stores.first.add(List.of(next)));
        eventually("the next change is told", () -> told.changes.size() == 1);
        assertEquals(Kind.ADDED, told.changes.get(0).kind());
        assertEquals(next.id(), told.changes.get(0).id());
    }

    @Test
    void aServerThatIsAloneTellsNobody() throws SQLException {
        stores.second.close();
        sql("DELETE FROM news");
        await(stores.first.add(List.of(job())));
        try (Connection connection = TestDatabase.server().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM news")) {
            rows.next();
            assertEquals(0, rows.getLong(1));
        }
        stores.second = TestDatabase.store();
    }
}
