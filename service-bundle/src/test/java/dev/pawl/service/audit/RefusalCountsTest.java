package dev.pawl.service.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.service.access.Principal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RefusalCountsTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final String ADDRESS = "192.0.2.7";

    private final RefusalCounts counts = new RefusalCounts();

    @Test
    void theFirstOfAKindAreEntriesAndOneMoreTellsTheNumberOfTheOthers() {
        assertEquals(RefusalCounts.ALONE, refuse(5_322, "ann", ADDRESS, "job.stop"));

        AuditEntry told = counts.take().entries(START.plusSeconds(600)).get(0);

        assertEquals("ann", told.who());
        assertEquals(ADDRESS, told.remote());
        assertEquals("job.stop", told.action());
        assertEquals(AuditOutcome.REFUSED, told.outcome());
        assertEquals(START.plusSeconds(600), told.at());
        assertEquals(
                "5,312 more from 2026-03-01T12:00:00.010Z to 2026-03-01T12:00:05.321Z; the last one: PAWL-403: no.",
                told.detail());
    }

    @Test
    void ofCallersWithoutAGoodTokenOnlyOneIsAnEntry() {
        assertEquals(1, refuse(100, Principal.NOBODY.name(), ADDRESS, "token.guess"));
        assertTrue(told().get(0).detail().startsWith("99 more "));
    }

    @Test
    void fewRefusalsAreEntriesAloneAndNothingIsToldOfThemTwice() {
        assertEquals(5, refuse(5, "ann", ADDRESS, "job.stop"));
        assertEquals(List.of(), told());
    }

    @Test
    void anotherPeriodBeginsAnew() {
        refuse(100, "ann", ADDRESS, "job.stop");
        told();

        assertEquals(RefusalCounts.ALONE, refuse(100, "ann", ADDRESS, "job.stop"));
        assertTrue(told().get(0).detail().startsWith("90 more "));
    }

    @Test
    void callersAddressesAndActionsAreCountedApart() {
        for (int i = 0; i < 20; i++) {
            refuse(1, "ann", ADDRESS, "job.stop");
            refuse(1, "bob", ADDRESS, "job.stop");
            refuse(1, "ann", "198.51.100.1", "job.stop");
            refuse(1, "ann", ADDRESS, "job.start");
        }
        List<AuditEntry> told = told();

        assertEquals(4, told.size());
        assertTrue(told.stream().allMatch(entry -> entry.detail().startsWith("10 more ")), told.toString());
    }

    @Test
    void addressesOfAnIpv6NetworkAreCountedTogether() {
        for (int i = 0; i < 1_000; i++) {
            refuse(1, Principal.NOBODY.name(), "2001:db8:1:2::" + Integer.toHexString(i), "token.guess");
        }
        refuse(2, Principal.NOBODY.name(), "[2001:db8:1:3::1]", "token.guess");

        assertEquals(
                List.of("999", "1"),
                told().stream().map(RefusalCountsTest::number).toList());
    }

    @Test
    void noRefusalIsLostHoweverManyKindsThereAre() {
        int entries = 0;
        for (int i = 0; i < 100_000; i++) {
            entries += refuse(
                    1,
                    Principal.NOBODY.name(),
                    "10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255),
                    "token.guess");
        }
        List<AuditEntry> told = told();

        assertTrue(entries <= RefusalCounts.MOST_ALONE, entries + " entries");
        assertTrue(told.size() <= RefusalCounts.MOST_KINDS + 1, told.size() + " entries tell the others");
        long counted =
                told.stream().mapToLong(entry -> Long.parseLong(number(entry))).sum();
        assertEquals(100_000, entries + counted);
        assertFalse(told.isEmpty());
        assertEquals("several", told.get(told.size() - 1).remote());
    }

    @Test
    void countsThatCouldNotBeAppendedAreToldLater() {
        refuse(100, "ann", ADDRESS, "job.stop");
        counts.putBack(counts.take());
        refuse(20, "ann", ADDRESS, "job.stop");

        AuditEntry told = told().get(0);
        assertEquals("100", number(told));
        assertTrue(told.detail().contains(" from 2026-03-01T12:00:00.010Z to "), told.detail());
    }

    private List<AuditEntry> told() {
        return counts.take().entries(START);
    }

    private static String number(AuditEntry told) {
        return told.detail().substring(0, told.detail().indexOf(' ')).replace(",", "");
    }

    /** Refuses something so many times, a millisecond apart; returns how many are entries. */
    private int refuse(int times, String who, String remote, String action) {
        int entries = 0;
        for (int i = 0; i < times; i++) {
            var refusal = new AuditEntry(
                    START.plusMillis(i),
                    who,
                    "viewer",
                    remote,
                    "http",
                    action,
                    "j-" + i,
                    AuditOutcome.REFUSED,
                    "r-" + i,
                    "PAWL-403: no.");
            entries += counts.isEntry(refusal) ? 1 : 0;
        }
        return entries;
    }
}
