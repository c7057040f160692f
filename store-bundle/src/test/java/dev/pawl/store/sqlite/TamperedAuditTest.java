package dev.pawl.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.audit.AuditEntry;
import dev.pawl.service.audit.AuditFilter;
import dev.pawl.service.audit.AuditOutcome;
import dev.pawl.service.audit.AuditReport;
import dev.pawl.testkit.SettableClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes to the rows of the audit log by another program are found. */
final class TamperedAuditTest {

    private static final int ENTRIES = 1_000;
    private static final String NONE = "SELECT 1";

    @TempDir
    private Path folder;

    private SqliteStore store;
    private SqliteAudit audit;

    @BeforeEach
    void fill() {
        open();
        append(ENTRIES);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void anUntouchedLogIsSound() throws Exception {
        assertTrue(afterwards(NONE).isSound());
    }

    @Test
    void theEntryThatWasChangedIsNamed() throws Exception {
        AuditReport report = afterwards(replaced("a note", "a lie!", rowOf(500)));

        assertEquals(500, report.broken());
        assertEquals(499, report.entries());
        assertEquals(audit.after(498, 1).get(0).hash(), report.head());
        String defect = String.valueOf(report.defect());
        assertTrue(
                defect.contains("Entry 500,") && defect.contains("job.start done by mallory at 2026-03-01T12:08:19Z"),
                defect);
    }

    @Test
    void whoeverIsMadeTheAuthorOfOthersEntriesIsNamedWithTheFirst() throws Exception {
        AuditReport report = afterwards(replaced("mallory", "someone", 1));

        assertEquals(1, report.broken());
        assertTrue(String.valueOf(report.defect()).contains("by someone"), report.defect());
    }

    @Test
    void theHashOfARowThatWasChangedIsFound() throws Exception {
        AuditReport report = afterwards("UPDATE audit_chunks SET hash = zeroblob(32) WHERE first = 1");

        assertEquals(lastOfFirstRow(), report.broken());
        assertTrue(String.valueOf(report.defect()).contains("does not have the hash"), report.defect());
    }

    @Test
    void theEntryAtWhichARowWasCutIsNamed() throws Exception {
        long last = lastOfFirstRow();
        AuditReport report =
                afterwards("UPDATE audit_chunks SET body = substr(body, 1, length(body) - 5) WHERE first = 1");

        assertFalse(report.isSound());
        assertEquals(last, report.broken());
    }

    @Test
    void entriesAreWrittenToAnotherRowAfterOneThatWasChanged() throws Exception {
        long row = rowOf(ENTRIES);
        change(replaced("mallory", "someone", row));
        append(1);

        assertEquals(row, audit.verify(null).broken(), "what was appended has not covered the change");
    }

    @Test
    void aRowThatIsGoneIsFound() throws Exception {
        AuditReport report = afterwards("DELETE FROM audit_chunks WHERE first = 1");

        assertEquals(1, report.broken());
    }

    @Test
    void anEndThatIsGoneIsFoundByTheHashThatWasNoted() throws Exception {
        String head = audit.verify(null).head();
        change("DELETE FROM audit_chunks WHERE first = (SELECT max(first) FROM audit_chunks)");

        assertTrue(audit.verify(null).isSound(), "nothing inside the log tells");
        AuditReport report = audit.verify(head);

        assertFalse(report.isSound());
        assertNull(report.expectedAt());
    }

    @Test
    void aBodyThatCannotBeReadIsFoundAndTheRestIsStillListed() throws Exception {
        AuditReport report = afterwards("UPDATE audit_chunks SET body = zeroblob(9) WHERE first = 1");

        assertEquals(1, report.broken());
        assertTrue(audit.page(AuditFilter.ALL).records().size() > ENTRIES / 2);
    }

    @Test
    void aBrokenLogIsStillAppendedTo() throws Exception {
        change("UPDATE audit_chunks SET body = zeroblob(9) WHERE first = (SELECT max(first) FROM audit_chunks)");

        append(1);

        assertEquals(
                ENTRIES + 1,
                audit.page(AuditFilter.ALL.withLimit(1)).records().get(0).number());
        assertFalse(audit.verify(null).isSound());
    }

    private AuditReport afterwards(String change) throws SQLException {
        change(change);
        return audit.verify(null);
    }

    private static String replaced(String text, String by, long row) {
        return "UPDATE audit_chunks SET body = CAST(replace(CAST(body AS TEXT), '" + text + "', '" + by
                + "') AS BLOB) WHERE first = " + row;
    }

    /** The first number of the row that holds an entry. */
    private long rowOf(int entry) throws SQLException {
        return number("SELECT max(first) FROM audit_chunks WHERE first <= " + entry);
    }

    private long lastOfFirstRow() throws SQLException {
        return number("SELECT entries FROM audit_chunks WHERE first = 1");
    }

    private long number(String query) throws SQLException {
        try (Connection other = connect();
                Statement statement = other.createStatement();
                var row = statement.executeQuery(query)) {
            return row.getLong(1);
        }
    }

    private void change(String sql) throws SQLException {
        try (Connection other = connect();
                Statement statement = other.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("pawl.db"));
    }

    private void open() {
        store = new SqliteStore(folder.resolve("pawl.db"), SettableClock.at("2026-03-01T12:00:00Z"));
        audit = new SqliteAudit(store);
    }

    private void append(int number) {
        List<AuditEntry> entries = new ArrayList<>();
        for (int n = 0; n < number; n++) {
            entries.add(new AuditEntry(
                    Instant.parse("2026-03-01T12:00:00Z").plusSeconds(n),
                    "mallory",
                    "operator",
                    "192.0.2.7",
                    "http",
                    "job.start",
                    UUID.randomUUID().toString(),
                    AuditOutcome.DONE,
                    "r-" + n,
                    n == 499 ? "a note" : ""));
        }
        audit.append(entries).toCompletableFuture().join();
    }
}
