package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.audit.AuditEntry;
import dev.pawl.service.audit.AuditFilter;
import dev.pawl.service.audit.AuditLog;
import dev.pawl.service.audit.AuditOutcome;
import dev.pawl.service.audit.AuditPage;
import dev.pawl.service.audit.AuditRecord;
import dev.pawl.service.audit.AuditReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of every audit log, as tests. The tests of a log have one subclass, which opens it. */
public abstract class AuditLogContract {

    /** More entries than any log keeps together. */
    private static final int MANY = 3_000;

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private @Nullable AuditLog opened;

    /** Opens the log: empty the first time in a test, with its former contents after that. */
    protected abstract AuditLog open() throws Exception;

    /** Closes a log returned by {@link #open}. */
    protected abstract void close(AuditLog log) throws Exception;

    @BeforeEach
    final void openLog() throws Exception {
        opened = open();
    }

    @AfterEach
    final void closeLog() throws Exception {
        AuditLog log = opened;
        opened = null;
        if (log != null) {
            close(log);
        }
    }

    private AuditLog log() {
        AuditLog log = opened;
        if (log == null) {
            throw new IllegalStateException("The log is not open.");
        }
        return log;
    }

    @Test
    void anEntryIsReadAsItWasAppended() {
        AuditEntry entry = new AuditEntry(
                START.plusMillis(7),
                "Zoë \"the\" operator",
                "operator",
                "2001:db8::1",
                "http",
                "data.put",
                "notes/with \\ and \u0001 and 🦊",
                AuditOutcome.REFUSED,
                "request-1",
                "PAWL-001: It is\nrefused.");

        await(log().append(List.of(entry)));

        assertEquals(List.of(entry), entries(AuditFilter.ALL));
    }

    @Test
    void neighboursWhoseCharactersBeginAlikeAreReadAsTheyWereAppended() throws Exception {
        List<AuditEntry> alike = List.of(
                entry(1, "ann", "data.put", "notes/\uD83E\uDD8A"), entry(2, "ann", "data.put", "notes/\uD83E\uDD8B"));
        await(log().append(alike));
        reopen();

        assertEquals(alike, log().after(0, 10).stream().map(AuditRecord::entry).toList());
    }

    @Test
    void textsThatAreTooLongAreCut() {
        String endless = "x".repeat(100_000);

        await(log().append(List.of(new AuditEntry(
                START, endless, endless, endless, endless, endless, endless, AuditOutcome.DONE, endless, endless))));

        AuditEntry kept = entries(AuditFilter.ALL).get(0);
        assertTrue(kept.who().length() <= 200 && kept.detail().length() <= 1_000, kept.detail());
    }

    @Test
    void eachEntryHoldsTheHashOfTheOneBefore() throws Exception {
        await(log().append(List.of(started(0), started(1))));
        reopen();
        await(log().append(List.of(started(2))));

        List<AuditRecord> records = log().after(0, 10);

        assertEquals(
                List.of(1L, 2L, 3L), records.stream().map(AuditRecord::number).toList());
        String before = AuditRecord.FIRST_PREVIOUS;
        for (AuditRecord next : records) {
            assertEquals(before, next.previous());
            assertEquals(AuditRecord.after(before, next.number(), next.entry()), next);
            before = next.hash();
        }
    }

    @Test
    void thousandsOfEntriesAreReadAsTheyWereAppended() throws Exception {
        List<AuditEntry> all = appendMany();
        reopen();

        List<AuditEntry> read =
                log().after(0, 10_000).stream().map(AuditRecord::entry).toList();

        assertEquals(all, read);
        assertEquals(
                all.subList(1_000, 1_500),
                log().after(1_000, 500).stream().map(AuditRecord::entry).toList());
        assertEquals(List.of(), log().after(MANY, 10));
    }

    @Test
    void pagesFollowEachOtherWithoutGapsOrDoublesFromTheNewest() {
        List<AuditEntry> all = appendMany();

        List<AuditEntry> read = new ArrayList<>();
        Long before = Long.MAX_VALUE;
        while (before != null) {
            AuditPage page = log().page(AuditFilter.ALL.withLimit(700).withBefore(before));
            page.records().forEach(found -> read.add(0, found.entry()));
            before = page.next();
        }

        assertEquals(all, read);
    }

    @Test
    void filtersSelectByNameActionTargetAndTime() {
        AuditEntry started = started(1);
        AuditEntry stopped = entry(2, "bob", "job.stop", "j-2");
        AuditEntry installed = entry(3, "alice", "module.install", "hello");
        await(log().append(List.of(started, stopped, installed)));

        assertEquals(List.of(stopped), entries(AuditFilter.ALL.withWho("bob")));
        assertEquals(List.of(stopped, started), entries(AuditFilter.ALL.withAction("job")));
        assertEquals(List.of(started), entries(AuditFilter.ALL.withAction("job.start")));
        assertEquals(List.of(), entries(AuditFilter.ALL.withAction("job.st")));
        assertEquals(List.of(installed), entries(AuditFilter.ALL.withTarget("hel")));
        assertEquals(List.of(installed), entries(AuditFilter.ALL.withSince(installed.at())));
        assertEquals(List.of(installed, started), entries(AuditFilter.ALL.withSince(started.at())));
        assertEquals(3, entries(AuditFilter.ALL.withSince(Instant.MIN)).size());
        assertEquals(List.of(), entries(AuditFilter.ALL.withSince(Instant.MAX)));
    }

    @Test
    void aSoundLogIsFoundSoundAndItsHeadIsToldForAComparison() {
        appendMany();

        AuditReport report = log().verify(null);

        assertTrue(report.isSound(), String.valueOf(report.defect()));
        assertEquals(MANY, report.entries());
        assertEquals(log().after(MANY - 1, 1).get(0).hash(), report.head());
        assertEquals(MANY, log().verify(report.head()).expectedAt());
    }

    @Test
    void anExpectedHashThatIsNotThereIsADefect() {
        await(log().append(List.of(started(0))));

        AuditReport report = log().verify("0123456789abcdef".repeat(4));

        assertTrue(!report.isSound());
        assertNull(report.expectedAt());
    }

    @Test
    void oldEntriesAreRemovedAndTheRestCanStillBeVerified() throws Exception {
        List<AuditEntry> all = appendMany();
        AuditRecord noted = log().after(MANY - 2, 1).get(0);

        long removed = await(log().removeBefore(all.get(2_000).at(), entry(MANY, "server", "audit.remove", "")));
        reopen();

        assertTrue(removed > 1_000 && removed <= 2_000, removed + " were removed");
        AuditReport report = log().verify(noted.hash());
        assertTrue(report.isSound(), String.valueOf(report.defect()));
        assertEquals(removed + 1, report.first());
        assertEquals(MANY - removed + 1, report.entries());
        assertEquals(noted.number(), report.expectedAt());
        AuditRecord last = log().page(AuditFilter.ALL.withLimit(1)).records().get(0);
        assertEquals("audit.remove", last.entry().action());
        assertEquals("1-" + removed, last.entry().target());
        assertEquals(
                all.subList((int) removed, MANY),
                log().after(0, 10_000).stream()
                        .map(AuditRecord::entry)
                        .limit(MANY - removed)
                        .toList());
    }

    @Test
    void nothingIsRemovedWhileNothingIsOldEnough() {
        appendMany();

        assertEquals(0, await(log().removeBefore(START, entry(MANY, "server", "audit.remove", ""))));
        assertEquals(MANY, log().verify(null).entries());
    }

    @Test
    void theOldestEntriesOfALogThatIsTooLargeAreRemoved() throws Exception {
        List<AuditEntry> all = appendMany();
        AuditEntry removal = entry(MANY, "server", "audit.remove", "");
        assertEquals(0, await(log().removeBeyond(1_000_000, removal)));

        long removed = await(log().removeBeyond(20_000, removal));
        reopen();

        assertTrue(removed > 1_000 && removed < MANY, removed + " were removed");
        AuditReport report = log().verify(null);
        assertTrue(report.isSound(), String.valueOf(report.defect()));
        assertEquals(removed + 1, report.first());
        assertEquals(all.get((int) removed), log().after(0, 1).get(0).entry());
    }

    private List<AuditEntry> appendMany() {
        List<AuditEntry> all = new ArrayList<>();
        for (int n = 0; n < MANY; n++) {
            all.add(n % 7 == 0 ? entry(n, "bob", "data.put", "notes/" + n) : started(n));
        }
        for (int from = 0; from < MANY; from += 100) {
            await(log().append(all.subList(from, from + 100)));
        }
        return all;
    }

    private static AuditEntry started(int n) {
        UUID job = n % 5 == 0 ? UUID.randomUUID() : new UUID((long) (n / 100) << 48 | n, 42);
        return entry(n, "alice", "job.start", job.toString());
    }

    private static AuditEntry entry(int n, String who, String action, String target) {
        Instant at = START.plus(Duration.ofSeconds(n)).minusMillis(n % 3 * 2_500L);
        return new AuditEntry(at, who, "operator", "127.0.0.1", "cli", action, target, AuditOutcome.DONE, "r-" + n, "");
    }

    private List<AuditEntry> entries(AuditFilter filter) {
        return log().page(filter).records().stream().map(AuditRecord::entry).toList();
    }

    private void reopen() throws Exception {
        close(log());
        opened = open();
    }
}
