package dev.pawl.store.postgres;

import static dev.pawl.store.postgres.TestDatabase.number;
import static dev.pawl.store.postgres.TwoStores.await;
import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.access.Actor;
import dev.pawl.service.access.Door;
import dev.pawl.service.audit.AuditEntry;
import dev.pawl.service.audit.AuditLog;
import dev.pawl.service.audit.AuditOutcome;
import dev.pawl.service.audit.AuditReport;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobRequest;
import dev.pawl.service.job.Task;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.NewJob;
import dev.pawl.testkit.AuditedJobsContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The audit log of two stores on one database, beside the changes that it tells. */
@ExtendWith(TestDatabase.class)
class SharedAuditTest extends AuditedJobsContract {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @RegisterExtension
    final TwoStores stores = new TwoStores();

    @Override
    protected JobStore jobs() {
        return stores.first;
    }

    @Override
    protected AuditLog audit() {
        return new PostgresAudit(stores.second);
    }

    private static NewJob job() {
        JobRequest request =
                JobRequest.builder(List.of(new Task("m", Map.of()))).build();
        AuditedChange change = new AuditedChange(Actor.inside(Door.HTTP), "job.start", "", NOW);
        return new NewJob(UUID.randomUUID(), request, NOW, holder -> {}, null, change);
    }

    private static AuditEntry entry(String action, Instant at) {
        return new AuditedChange(Actor.inside(Door.SERVER), action, "", at).entry(AuditOutcome.DONE, "");
    }

    private static void terminate(String condition) throws SQLException {
        sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND " + condition);
    }

    private static void sql(String statement) throws SQLException {
        try (Connection connection = TestDatabase.server().getPostgresDatabase().getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    /** The log is sound, and has the entry of each job once and no other. */
    private void assertTold(List<UUID> jobs) {
        AuditReport report = audit().verify(null);
        assertTrue(report.isSound(), report.defect());
        assertEquals(
                jobs.stream().map(UUID::toString).sorted().toList(),
                audit().after(0, 10_000).stream()
                        .map(record -> record.entry().target())
                        .sorted()
                        .toList());
    }

    private static List<UUID> ids(List<CompletionStage<List<Job>>> added) {
        return added.stream().map(one -> await(one).get(0).id()).toList();
    }

    @Test
    void oneChainHoldsTheEntriesOfBoth() {
        List<CompletionStage<List<Job>>> added = new ArrayList<>();
        for (int n = 0; n < 300; n++) {
            added.add((n % 2 == 0 ? stores.first : stores.second).add(List.of(job())));
        }
        assertTold(ids(added));
    }

    @Test
    void aServerThatAppendedAloneForLongGoesOnAfterTheEntryOfAnother() {
        List<CompletionStage<List<Job>>> added = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            for (int n = 0; n < 12; n++) {
                added.add(stores.first.add(List.of(job())));
                await(added.get(added.size() - 1));
            }
            added.add(stores.second.add(List.of(job())));
            await(added.get(added.size() - 1));
        }
        assertTold(ids(added));
    }

    @Test
    void aServerThatAppendedAloneForLongGoesOnAfterAnotherRemovedAll() {
        PostgresAudit first = new PostgresAudit(stores.first);
        for (int n = 0; n < 12; n++) {
            await(first.append(List.of(entry("old." + n, NOW))));
        }
        PostgresAudit second = new PostgresAudit(stores.second);
        await(second.append(List.of(entry("older", NOW), entry("older", NOW))));
        await(second.append(List.of(entry("new", NOW.plusSeconds(10)))));
        assertEquals(14, await(second.removeBefore(NOW.plusSeconds(5), entry("audit.remove", NOW.plusSeconds(20)))));

        await(first.append(List.of(entry("newer", NOW.plusSeconds(30)))));

        AuditReport report = audit().verify(null);
        assertTrue(report.isSound(), report.defect());
        assertEquals(3, report.entries());
    }

    @Test
    void theChainIsSoundAfterConnectionsOfBothBroke() throws SQLException {
        List<CompletionStage<List<Job>>> added = new ArrayList<>();
        for (int round = 0; round < 6; round++) {
            for (int n = 0; n < 40; n++) {
                added.add((n % 2 == 0 ? stores.first : stores.second).add(List.of(job())));
            }
            terminate("application_name = 'pawl-writer'");
        }
        assertTold(ids(added));
    }

    @Test
    void aServerThatDiesWithTheEndOfTheChainInItsHandsLeavesNothing() throws SQLException {
        try (Connection dying = TestDatabase.server().getPostgresDatabase().getConnection();
                Statement statement = dying.createStatement()) {
            dying.setAutoCommit(false);
            statement.execute("SET application_name = 'dying'");
            statement.execute("SELECT pg_advisory_xact_lock('audit_chunks'::regclass::oid::int4, 0)");
            statement.execute("INSERT INTO audit_chunks VALUES (1, 1, 0, decode(repeat('ab', 32), 'hex'), 'lost')");
            CompletableFuture<List<Job>> added =
                    stores.first.add(List.of(job())).toCompletableFuture();
            eventually("the other waits", () -> {
                return number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted") == 1;
            });
            assertFalse(added.isDone());
            terminate("application_name = 'dying'");
            assertTold(List.of(await(added).get(0).id()));
        }
    }

    @Test
    void whatBothRemoveIsToldOnce() {
        for (int n = 0; n < 40; n++) {
            await(audit().append(List.of(entry("old." + n, NOW))));
        }
        await(audit().append(List.of(entry("new", NOW.plusSeconds(10)))));
        List<CompletableFuture<Long>> removals = new ArrayList<>();
        for (PostgresStore store : List.of(stores.first, stores.second)) {
            removals.add(new PostgresAudit(store)
                    .removeBefore(NOW.plusSeconds(5), entry("audit.remove", NOW.plusSeconds(20)))
                    .toCompletableFuture()
                    .orTimeout(60, TimeUnit.SECONDS));
        }
        assertEquals(40, removals.get(0).join() + removals.get(1).join());
        AuditReport report = audit().verify(null);
        assertTrue(report.isSound(), report.defect());
        assertEquals(41, report.first());
        assertEquals(2, report.entries(), "the last entry and the one removal");
    }
}
