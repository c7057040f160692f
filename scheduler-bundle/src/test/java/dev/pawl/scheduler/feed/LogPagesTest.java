package dev.pawl.scheduler.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.api.module.LogLevel;
import dev.pawl.service.job.LogEntry;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LogPagesTest {

    private static final long MOST = 10_000;

    private final LogPages pages = new LogPages(MOST);
    private final UUID job = UUID.randomUUID();

    private static LogPage page(long after, long last) {
        return new LogPage(
                after,
                LongStream.rangeClosed(after + 1, last)
                        .mapToObj(n -> new LogEntry(n, Instant.EPOCH, LogLevel.INFO, "x".repeat(100), 0, 1))
                        .toList());
    }

    private List<Long> after(long sequence) {
        return pages.after(job, sequence).stream().map(LogEntry::sequence).toList();
    }

    @Test
    void entriesAreFoundFromEveryPlaceInAPage() {
        pages.add(job, page(10, 13));
        pages.add(job, page(13, 14));
        assertEquals(List.of(11L, 12L, 13L), after(10));
        assertEquals(List.of(13L), after(12));
        assertEquals(List.of(14L), after(13));
        assertEquals(List.of(), after(14));
        assertEquals(List.of(), after(9));
        assertEquals(List.of(), pages.after(UUID.randomUUID(), 10));
    }

    @Test
    void aLongerPageReplacesTheOneFromTheSamePlace() {
        pages.add(job, page(10, 11));
        pages.add(job, page(10, 12));
        assertEquals(List.of(11L, 12L), after(10));
        assertEquals(page(10, 12).weight(), pages.weight());
    }

    @Test
    void whatWasNotUsedForLongestIsDroppedFirst() {
        for (int n = 0; n < 5; n++) {
            pages.add(job, page(n * 10L, n * 10L + 10));
        }
        assertEquals(10, after(0).size());
        pages.add(UUID.randomUUID(), page(0, 10));
        assertTrue(pages.weight() <= MOST, () -> "characters kept: " + pages.weight());
        assertEquals(10, after(0).size());
        assertEquals(List.of(), after(10));
        assertEquals(10, after(20).size());
    }

    @Test
    void thePagesOfAJobThatNobodyFollowsAreDropped() {
        pages.add(job, page(0, 10));
        pages.drop(job);
        assertEquals(0, pages.weight());
        assertEquals(List.of(), after(0));
    }
}
