package dev.pawl.store.postgres;

import static dev.pawl.store.postgres.TwoStores.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.access.Actor;
import dev.pawl.service.access.Door;
import dev.pawl.service.audit.AuditLog;
import dev.pawl.service.audit.AuditOutcome;
import dev.pawl.service.audit.AuditReport;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.testkit.AuditLogContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The audit log keeps its contract. */
@ExtendWith(TestDatabase.class)
final class PostgresAuditLogTest extends AuditLogContract {

    private @Nullable PostgresStore store;
    private boolean isEmptied;

    @Override
    protected AuditLog open() throws SQLException {
        if (!isEmptied) {
            TestDatabase.empty();
            isEmptied = true;
        }
        PostgresStore opened = TestDatabase.store();
        store = opened;
        return new PostgresAudit(opened);
    }

    @Override
    protected void close(AuditLog log) {
        Objects.requireNonNull(store).close();
    }

    @Test
    void aLogThatSomebodyChangedIsAppendedToAndTheChangeIsFound() throws SQLException {
        AuditLog log = new PostgresAudit(Objects.requireNonNull(store));
        for (int n = 0; n < 3; n++) {
            await(log.append(List.of(new AuditedChange(Actor.inside(Door.SHELL), "job.stop", "a", Instant.EPOCH)
                    .entry(AuditOutcome.DONE, "a note"))));
        }
        try (Connection connection = TestDatabase.server().getPostgresDatabase().getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute("UPDATE audit_chunks SET body = overlay(body PLACING 'lie!!!'::bytea FROM "
                    + "position('a note'::bytea IN body)) WHERE first = 2");
        }
        await(log.append(List.of(new AuditedChange(Actor.inside(Door.SHELL), "job.stop", "b", Instant.EPOCH)
                .entry(AuditOutcome.DONE, ""))));
        AuditReport report = log.verify(null);
        assertEquals(2, report.broken());
        assertTrue(String.valueOf(report.defect()).contains("job.stop done by shell"), report.defect());
        assertEquals(4, log.after(3, 10).get(0).number());
    }
}
