package dev.pawl.store.postgres;

import static dev.pawl.store.postgres.TwoStores.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.ClaimRequest;
import dev.pawl.service.store.JobConsumer;
import dev.pawl.service.store.NewJob;
import dev.pawl.service.store.RunId;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The cost of claims: round trips, and the plans of their statements. */
@ExtendWith(TestDatabase.class)
class ClaimCostTest {

    private static final Instant ANY_TIME = Instant.parse("1999-01-01T00:00:00Z");
    private static final Pattern SCAN =
            Pattern.compile("(Seq|Index|Index Only) Scan (?:Backward )?(?:using (\\w+) )?on (\\w+)");

    /** Tables of a few rows. */
    private static final List<String> SMALL = List.of(
            "servers",
            "limits",
            "failing_jobs",
            "notification_rules",
            "schema_version",
            "ended_prerequisites",
            "deployment_changes",
            "roll_outs");

    /** Statements of a server's start, and the first count of runs of modules with limits: their number is bounded by the slots of all servers. */
    private static final List<String> WHOLE = List.of(
            "SELECT count(*) FROM runs WHERE lease_until IS NULL ",
            "SELECT coalesce(sum(pending), 0)",
            "DELETE FROM servers WHERE lease_until < ",
            "SELECT n.number, r.job, r.module_key FROM (SELECT nextval('limited_claims') AS number) n LEFT JOIN runs r ");

    private final WatchedConnections connections = new WatchedConnections();
    private final BlockingQueue<Job> taken = new LinkedBlockingQueue<>();
    private volatile int slots = 1;
    private volatile Map<String, Integer> limits = Map.of();
    private PostgresStore store;

    @BeforeEach
    void open() throws SQLException {
        TestDatabase.empty();
        store = PostgresStore.open(connections, StoreClock.ofDatabase(), LogCap.DEFAULT, Duration.ofSeconds(15));
        store.attach(new JobConsumer() {
            @Override
            public ClaimRequest wanted() {
                return new ClaimRequest("w", 10, slots, null, limits, ANY_TIME, null);
            }

            @Override
            public void take(List<Job> claimed) {
                taken.addAll(claimed);
            }
        });
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static NewJob job(String module) {
        return new NewJob(
                UUID.randomUUID(),
                JobRequest.builder(List.of(new Task(module, Map.of()))).build(),
                ANY_TIME);
    }

    private Job next() throws InterruptedException {
        Job job = taken.poll(30, TimeUnit.SECONDS);
        assertTrue(job != null, "no job was claimed");
        return job;
    }

    private void end(Job run) {
        await(store.write(
                RunWrite.of(new RunId(run.id(), run.state().epoch()), 0).withMove(new RunMove.Completed(ANY_TIME))));
    }

    /** The fewest round trips of a few times: the lease is renewed meanwhile. */
    private int trips(Steps steps) throws InterruptedException {
        int fewest = Integer.MAX_VALUE;
        for (int n = 0; n < 4; n++) {
            fewest = Math.min(fewest, steps.run());
        }
        return fewest;
    }

    private interface Steps {
        int run() throws InterruptedException;
    }

    private int counted(Runnable change) {
        int before = connections.trips.get();
        change.run();
        return connections.trips.get() - before;
    }

    @Test
    void aJobThatStartsAtOnceTakesTwoRoundTripsAndSoDoesItsEnd() throws InterruptedException {
        assertEquals(2, trips(() -> {
            int trips = counted(() -> await(store.add(List.of(job("m")))));
            end(next());
            return trips;
        }));
        assertEquals(2, trips(() -> {
            await(store.add(List.of(job("m"))));
            Job run = next();
            return counted(() -> end(run));
        }));
    }

    @Test
    void anEndThatStartsTheNextJobTakesTwoRoundTrips() throws InterruptedException {
        await(store.add(Stream.generate(() -> job("m")).limit(20).toList()));
        assertEquals(2, trips(() -> {
            Job run = next();
            return counted(() -> end(run));
        }));
    }

    @Test
    void whatIsAddedBehindOthersTakesNoRoundTripMore() throws InterruptedException {
        await(store.add(Stream.generate(() -> job("m")).limit(20).toList()));
        end(next());
        assertEquals(2, trips(() -> {
            Job run = next();
            return counted(() -> {
                var added = store.add(List.of(job("m")));
                end(run);
                await(added);
            });
        }));
    }

    @Test
    void limitsOfModulesTakeNoRoundTripMore() throws InterruptedException {
        limits = Map.of("m", 1, "other", 3);
        await(store.add(Stream.generate(() -> job("m")).limit(20).toList()));
        assertEquals(4, trips(() -> {
            Job run = next();
            return counted(() -> end(run));
        }));
    }

    @Test
    void noStatementReadsATableThatGrowsFromEndToEnd() throws Exception {
        limits = Map.of("m", 5);
        slots = 3;
        work();
        Set<String> sent = Set.copyOf(connections.statements);
        assertTrue(sent.size() > 10, sent::toString);
        List<String> found = new ArrayList<>();
        try (Session session = connections.writer()) {
            session.script("SET plan_cache_mode = force_generic_plan");
            TestDatabase.empty();
            session.script("VACUUM ANALYZE");
            explain(session, sent, "empty", found);
            fill(session);
            explain(session, sent, "filled", found);
            session.script("ANALYZE");
            explain(session, sent, "analysed", found);
            session.script("DELETE FROM ready; DELETE FROM later; DELETE FROM runs");
            session.script("VACUUM ANALYZE");
            explain(session, sent, "vacuumed", found);
        }
        assertEquals("", String.join("\n\n", found));
    }

    /** Lets the store send what claims consist of. */
    private void work() throws InterruptedException {
        JobRequest later = JobRequest.builder(List.of(new Task("m", Map.of())))
                .notBefore(Instant.now().plusMillis(20))
                .build();
        await(store.add(
                List.of(job("m"), job("m"), job("n"), job("m"), new NewJob(UUID.randomUUID(), later, ANY_TIME))));
        for (int n = 0; n < 5; n++) {
            if (n == 4) {
                await(store.settled());
                await(store.offer());
            }
            Job run = next();
            await(store.write(RunWrite.of(new RunId(run.id(), run.state().epoch()), 0)
                    .withTask(RunWrite.TaskChange.NONE.withCheckpoint(Map.of("n", n)))));
            end(run);
            await(store.offer());
        }
    }

    private static void fill(Session session) throws SQLException {
        session.script("INSERT INTO jobs (job, id, module_key, priority, created_at, queued_at, search_title, request) "
                + "SELECT i, gen_random_uuid(), 'm' || i % 3, 0, 0, i, '', '{}' FROM generate_series(1, 20000) i; "
                + "INSERT INTO ready (job, module_key, lane, queued_at) SELECT i, 'm' || i % 3, 0, i FROM generate_series(1, 5000) i; "
                + "INSERT INTO later (job, module_key, lane, queued_at, due_at) SELECT i, 'm' || i % 3, 0, i, i FROM generate_series(5001, 10000) i; "
                + "INSERT INTO runs (job, module_key, lane, queued_at, owner, epoch) SELECT i, 'm' || i % 3, 0, i, 1, 1 FROM generate_series(10001, 12000) i; "
                + "INSERT INTO ended (job, module_key, lane, queued_at, status, completed_at) SELECT i, 'm' || i % 3, 0, i, 'completed', 0 FROM generate_series(12001, 20000) i; "
                + "INSERT INTO job_waits (prerequisite, job, completion) SELECT gen_random_uuid(), i, true FROM generate_series(1, 5000) i; "
                + "INSERT INTO commits SELECT 7, i, 0, 0, 0, 0, 0 FROM generate_series(1, 3000) i");
    }

    private static void explain(Session session, Set<String> sent, String when, List<String> found)
            throws SQLException {
        for (String sql : sent) {
            if (sql.matches("(BEGIN|COMMIT)") || WHOLE.stream().anyMatch(sql::startsWith)) {
                continue;
            }
            String numbered = sql;
            int values = 0;
            while (numbered.contains("?")) {
                values++;
                numbered = numbered.replaceFirst("\\?", "\\$" + values);
            }
            session.script("PREPARE explained AS " + numbered);
            String nulls = values == 0
                    ? ""
                    : Stream.generate(() -> "NULL").limit(values).collect(Collectors.joining(", ", "(", ")"));
            String plan = String.join(
                    "\n", session.list("EXPLAIN (COSTS OFF) EXECUTE explained" + nulls, row -> row.getString(1)));
            session.script("DEALLOCATE explained");
            if (readsWhole(plan)) {
                found.add(when + ": " + sql + "\n" + plan);
            }
        }
    }

    /** Whether a plan reads a table, or an index of it, from end to end; the first row of an index may be read. */
    private static boolean readsWhole(String plan) {
        List<String> lines = plan.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher scan = SCAN.matcher(lines.get(i));
            if (!scan.find() || SMALL.contains(scan.group(3))) {
                continue;
            }
            String condition = i + 1 < lines.size() ? lines.get(i + 1) : "";
            boolean isFirst = i > 0 && lines.get(i - 1).contains("Limit");
            boolean isByJob = condition.contains("(job = ");
            boolean isWhole = !condition.contains("Index Cond")
                    || (isByJob && !String.valueOf(scan.group(2)).matches(".*_(pkey|job_key)"));
            boolean isEmpty = "runs_tried".equals(scan.group(2)) || "ready_suspected".equals(scan.group(2));
            if (isWhole && !isFirst && !isEmpty) {
                return true;
            }
        }
        return false;
    }
}
