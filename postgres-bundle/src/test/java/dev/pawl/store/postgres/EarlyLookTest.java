package dev.pawl.store.postgres;

import static dev.pawl.store.postgres.TestDatabase.number;
import static dev.pawl.store.postgres.TwoStores.await;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pawl.api.module.StaleRunException;
import dev.pawl.service.access.Actor;
import dev.pawl.service.access.Door;
import dev.pawl.service.audit.AuditEntry;
import dev.pawl.service.audit.AuditOutcome;
import dev.pawl.service.audit.AuditedChange;
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
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Claims whose jobs were locked with the beginning of the transaction that ends the runs before them. */
@ExtendWith(TestDatabase.class)
class EarlyLookTest {

    private static final Instant ANY_TIME = Instant.parse("1999-01-01T00:00:00Z");
    private static final AuditEntry ENTRY =
            new AuditedChange(Actor.inside(Door.SERVER), "test", "", ANY_TIME).entry(AuditOutcome.DONE, "");
    private static final String AUDIT_LOCK = "SELECT pg_advisory_xact_lock('audit_chunks'::regclass::oid::int4, 0)";

    @RegisterExtension
    final TwoStores stores = new TwoStores();

    private final Server first = new Server();
    private final Server second = new Server();

    /** A consumer with slots, wishes and limits of its own. */
    private static final class Server implements JobConsumer {

        private final BlockingQueue<Job> taken = new LinkedBlockingQueue<>();
        private volatile int slots;
        private volatile @Nullable Set<String> modules;
        private volatile Map<String, Integer> limits = Map.of();

        @Override
        public ClaimRequest wanted() {
            return new ClaimRequest("w", 10, slots, modules, limits, ANY_TIME, null);
        }

        @Override
        public void take(List<Job> claimed) {
            taken.addAll(claimed);
        }

        private Job next() throws InterruptedException {
            return next(30);
        }

        private Job next(int mostS) throws InterruptedException {
            Job job = taken.poll(mostS, TimeUnit.SECONDS);
            assertNotNull(job, "no job was claimed");
            return job;
        }
    }

    @BeforeEach
    void attach() {
        first.slots = 1;
        stores.first.attach(first);
        stores.second.attach(second);
    }

    private static JobRequest.Builder request(String module) {
        return JobRequest.builder(List.of(new Task(module, Map.of())));
    }

    private static NewJob job(JobRequest.Builder request) {
        return new NewJob(UUID.randomUUID(), request.build(), ANY_TIME);
    }

    private CompletionStage<List<Job>> add(JobRequest.Builder request) {
        return stores.first.add(List.of(job(request)));
    }

    private CompletionStage<?> end(Job run) {
        return stores.first.write(
                RunWrite.of(new RunId(run.id(), run.state().epoch()), 0).withMove(new RunMove.Completed(ANY_TIME)));
    }

    /** Lets so many jobs wait behind one that runs, which was taken by such a look; returns that. */
    private Job drain(int waiting) throws InterruptedException {
        List<NewJob> jobs = new ArrayList<>();
        for (int n = 0; n < waiting + 3; n++) {
            jobs.add(job(request("m")));
        }
        await(stores.first.add(jobs));
        await(end(first.next()));
        await(end(first.next()));
        return first.next();
    }

    @Test
    void jobsBeginInTheOrderOfTheQueue() throws InterruptedException {
        List<NewJob> jobs = new ArrayList<>();
        for (int n = 0; n < 100; n++) {
            jobs.add(job(request("m" + n % 3).priority(n % 2)));
        }
        first.slots = 0;
        await(stores.first.add(jobs));
        first.slots = 3;
        await(stores.first.offer());
        List<UUID> begun = new ArrayList<>();
        for (int n = 0; n < jobs.size(); n++) {
            Job run = first.next();
            begun.add(run.id());
            await(end(run));
        }
        List<UUID> inOrder = new ArrayList<>();
        for (int priority : new int[] {1, 0}) {
            jobs.stream().filter(job -> job.request().priority() == priority).forEach(job -> inOrder.add(job.id()));
        }
        assertEquals(inOrder, begun);
    }

    @Test
    void aJobOfHigherPriorityThatComesMeanwhileGoesFirst() throws InterruptedException {
        Job run = drain(20);
        for (int n = 0; n < 10; n++) {
            CompletionStage<List<Job>> added = add(request("urgent").priority(5));
            await(end(run));
            run = first.next();
            assertEquals(await(added).get(0).id(), run.id());
        }
    }

    @Test
    void aJobOfHigherPriorityThatIsDueMeanwhileGoesFirst() throws InterruptedException {
        Job run = drain(5);
        Instant due = Instant.now().plusMillis(300);
        await(add(request("urgent").priority(5).notBefore(due)));
        eventually("it is due", () -> Instant.now().isAfter(due.plusMillis(5)));
        await(end(run));
        assertEquals("urgent", first.next().request().tasks().get(0).module());
    }

    @Test
    void whatIsNotWantedAnyMoreDoesNotBegin() throws InterruptedException {
        Job run = drain(5);
        first.modules = Set.of("other");
        await(end(run));
        assertNull(first.taken.poll());
    }

    @Test
    void aLimitThatIsNewHolds() throws InterruptedException {
        Job run = drain(20);
        first.slots = 3;
        await(stores.first.offer());
        first.next();
        await(end(first.next()));
        first.next();
        first.limits = Map.of("m", 1);
        await(end(run));
        assertNull(first.taken.poll(), "two run yet");
    }

    @Test
    void jobsThatAreLockedButNotTakenAreLeftToOtherServers() throws Exception {
        Job run = drain(1);
        try (Connection one = TestDatabase.server().getPostgresDatabase().getConnection();
                Connection other = TestDatabase.server().getPostgresDatabase().getConnection()) {
            lock(one);
            CompletionStage<Void> before = append();
            eventually("the writer waits", () -> waiting() == 1);
            CompletableFuture<Void> locked = CompletableFuture.runAsync(() -> lock(other));
            eventually("another one waits behind it", () -> waiting() == 2);
            CompletionStage<?> stale = stores.first.write(
                    RunWrite.of(new RunId(run.id(), run.state().epoch() + 1), 0)
                            .withMove(new RunMove.Completed(ANY_TIME)));
            CompletionStage<Void> after = append();
            one.rollback();
            await(before);
            locked.get(60, TimeUnit.SECONDS);
            eventually("the writer waits with a job that it does not take", () -> waiting() == 1);
            second.slots = 2;
            await(stores.second.offer());
            assertNull(second.taken.poll());
            other.rollback();
            await(after);
            assertThrows(StaleRunException.class, () -> await(stale));
            second.next(5); // every 10 s it looks in any case
        }
    }

    private CompletionStage<Void> append() {
        return new PostgresAudit(stores.first).append(List.of(ENTRY));
    }

    private static void lock(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(AUDIT_LOCK);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long waiting() throws SQLException {
        return number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
    }
}
