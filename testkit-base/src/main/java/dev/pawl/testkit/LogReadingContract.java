package dev.pawl.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.api.module.LogLevel;
import dev.pawl.service.data.TextLimit;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.LogEntry;
import dev.pawl.service.job.LogFilter;
import dev.pawl.service.job.LogLines;
import dev.pawl.service.store.JobStore;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of selections of a log. */
interface LogReadingContract extends JobStoreTests {

    private static LogFilter filter(
            @Nullable Long after, @Nullable Long before, @Nullable LogLevel level, @Nullable String text, int limit) {
        return new LogFilter(after, before, level, text, limit);
    }

    private LogLines log(Job job, LogFilter filter) {
        return store().log(job.id(), filter);
    }

    private static List<String> messages(LogLines log) {
        return log.lines().stream().map(LogEntry::message).toList();
    }

    private Job logged(String... lines) {
        Job job = jobs().started("a");
        jobs().write(jobs().lines(job, lines));
        return job;
    }

    @Test
    default void theLogOfAnUnknownJobIsEmpty() {
        assertEquals(LogLines.NONE, store().log(UUID.randomUUID(), LogFilter.last(10)));
    }

    @Test
    default void theLastLinesComeWithTheNumberOfAll() {
        Job job = logged("1", "2", "3", "4", "5");
        LogLines log = log(job, LogFilter.last(2));
        assertEquals(List.of("4", "5"), messages(log));
        assertEquals(5, log.total());
        assertEquals(5, log.matches());
        assertEquals(0, log.droppedTo());
    }

    @Test
    default void linesBeforeANumberAreItsNearestOnes() {
        Job job = logged("1", "2", "3", "4", "5");
        assertEquals(List.of("2", "3"), messages(log(job, filter(null, 4L, null, null, 2))));
        assertEquals(List.of("1"), messages(log(job, filter(null, 2L, null, null, 2))));
        assertEquals(List.of(), messages(log(job, filter(null, 1L, null, null, 2))));
    }

    @Test
    default void linesBetweenTwoNumbersAreTheFirstOnes() {
        Job job = logged("1", "2", "3", "4", "5");
        assertEquals(List.of("2", "3"), messages(log(job, filter(1L, 5L, null, null, 2))));
        assertEquals(List.of("4"), messages(log(job, filter(3L, 5L, null, null, 2))));
    }

    @Test
    default void aSelectionByTextCountsAllMatchesWhateverItsNumbers() {
        Job job = logged("one Error", "two", "error three", "four", "ERROR five");
        LogLines log = log(job, filter(null, 5L, null, "eRRoR", 1));
        assertEquals(List.of("error three"), messages(log));
        assertEquals(3, log.matches());
        assertEquals(5, log.total());
    }

    @Test
    default void theMatchesAreCountedByPartsOfTheLog() {
        Job job = logged("an error", "fine", "Error", "error", "fine", "fine", "fine", "error", "fine", "an error");
        LogFilter errors = filter(8L, 9L, null, "error", 1);
        assertEquals(List.of(1L, 2L, 0L, 1L, 1L), store().matchesByPart(job.id(), errors, 5));
        assertEquals(List.of(5L), store().matchesByPart(job.id(), errors, 1));
        assertEquals(
                List.of(1L, 0L, 0L, 0L, 0L, 0L, 1L, 0L, 0L, 1L, 0L, 0L),
                store().matchesByPart(job.id(), errors, 30).subList(0, 12));
        assertEquals(List.of(0L, 0L), store().matchesByPart(UUID.randomUUID(), errors, 2));
        assertEquals(List.of(5L, 5L), store().matchesByPart(job.id(), LogFilter.last(1), 2));
    }

    @Test
    default void signsOfPatternsInATextStandForThemselves() {
        Job job = logged("100% of a_b", "100 of aXb", "c:\\d", "c:d", "it's \"so\"");
        assertEquals(List.of("100% of a_b"), messages(log(job, filter(null, null, null, "0%", 9))));
        assertEquals(List.of("100% of a_b"), messages(log(job, filter(null, null, null, "a_b", 9))));
        assertEquals(List.of("c:\\d"), messages(log(job, filter(null, null, null, ":\\", 9))));
        assertEquals(List.of("it's \"so\""), messages(log(job, filter(null, null, null, "'s \"", 9))));
    }

    @Test
    default void aSelectionByLevelHasTheWorseOnesToo() {
        Job job = jobs().started("a");
        for (LogLevel level : LogLevel.values()) {
            jobs().write(jobs().draft(job)
                    .line(level, level.name().toLowerCase(Locale.ROOT))
                    .build());
        }
        LogLines log = log(job, filter(null, null, LogLevel.WARNING, null, 9));
        assertEquals(List.of("warning", "error"), messages(log));
        assertEquals(2, log.matches());
        assertEquals(List.of("error"), messages(log(job, filter(null, null, LogLevel.INFO, "rr", 9))));
        assertEquals(4, log(job, filter(null, null, LogLevel.DEBUG, null, 9)).matches());
    }

    @Test
    default void selectedLinesThatAreLongEndEarly() {
        Job job = jobs().started("a");
        int many = (int) (JobStore.PAGE_CHARACTERS / TextLimit.LINE.characters()) + 2;
        for (int n = 1; n <= many; n++) {
            jobs().write(jobs().lines(job, "x".repeat(TextLimit.LINE.characters())));
        }
        LogLines last = log(job, LogFilter.last(many));
        assertEquals(many - 2, last.lines().size());
        assertEquals(many, last.lines().get(many - 3).sequence());
        assertEquals(
                1, log(job, filter(0L, null, null, "xx", many)).lines().get(0).sequence());
    }
}
