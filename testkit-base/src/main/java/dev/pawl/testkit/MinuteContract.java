package dev.pawl.testkit;

import static dev.pawl.testkit.JobStoreDriver.await;
import static dev.pawl.testkit.JobStoreDriver.request;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pawl.service.job.Job;
import dev.pawl.service.job.ParkReason;
import dev.pawl.service.store.JobMinute;
import dev.pawl.service.store.RunMove;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract of what happened to jobs minute by minute. */
interface MinuteContract extends JobStoreTests {

    private List<JobMinute> minutes() {
        Instant now = clock().instant();
        return store().minutes(now.minus(Duration.ofDays(40)), now.plusSeconds(60));
    }

    private JobMinute only() {
        List<JobMinute> minutes = minutes();
        assertEquals(1, minutes.size(), minutes.toString());
        return minutes.get(0);
    }

    /** Counts without the times. */
    private static List<Long> counts(JobMinute minute) {
        return List.of(
                minute.added(),
                minute.started(),
                minute.completed(),
                minute.failed(),
                minute.stopped(),
                minute.waiting(),
                minute.running());
    }

    @Test
    default void whatHappensInAMinuteIsCounted() {
        jobs().add("a");
        Job first = jobs().claimOne();
        clock().advance(Duration.ofSeconds(4));
        jobs().write(jobs().move(first, jobs().completed()));
        Job second = jobs().started("a");
        jobs().write(jobs().move(second, new RunMove.Stopped(clock().instant())));
        jobs().add("b");
        assertEquals(List.of(3L, 2L, 1L, 0L, 1L, 1L, 0L), counts(only()));
        assertEquals(Instant.parse("2026-03-01T12:00:00Z"), only().at());
    }

    @Test
    default void theMediansAreWithinATenth() {
        Job job = jobs().add("a");
        clock().advance(Duration.ofSeconds(10));
        jobs().claimOne();
        clock().advance(Duration.ofSeconds(3));
        jobs().write(jobs().move(job.withState(jobs().find(job).state()), jobs().completed()));
        assertNear(10, only().waits().median().orElseThrow());
        assertNear(3, only().runs().median().orElseThrow());
    }

    private static void assertNear(double seconds, Duration found) {
        assertEquals(seconds, found.toMillis() / 1e3, seconds / 10);
    }

    @Test
    default void aWaitForARequestedTimeIsNoWait() {
        Instant due = clock().instant().plus(Duration.ofMinutes(30));
        jobs().add(request("a").notBefore(due).build());
        clock().set(due.plusSeconds(2));
        jobs().claimOne();
        List<JobMinute> all = minutes();
        assertNear(2, all.get(all.size() - 1).waits().median().orElseThrow());
    }

    @Test
    default void aFurtherRunOfAJobIsAStartButNoWait() {
        Job job = jobs().started("a");
        jobs().write(jobs().move(job, RunMove.Parked.of(ParkReason.INTERRUPTED, clock().instant())));
        jobs().claimOne();
        assertEquals(2, only().started());
        assertEquals(
                1, only().waits().byRange().values().stream().mapToLong(n -> n).sum());
    }

    @Test
    default void minutesWithoutAChangeAreLeftOutAndOthersAreKept() {
        jobs().add("a");
        clock().advance(Duration.ofMinutes(10));
        jobs().add("a");
        assertEquals(
                List.of(Instant.parse("2026-03-01T12:00:00Z"), Instant.parse("2026-03-01T12:10:00Z")),
                minutes().stream().map(JobMinute::at).toList());
        assertEquals(List.of(1L, 2L), minutes().stream().map(JobMinute::waiting).toList());
    }

    @Test
    default void theLastMinuteBeforeASpanComesFirst() {
        jobs().add("a");
        clock().advance(Duration.ofMinutes(10));
        jobs().add("a");
        clock().advance(Duration.ofMinutes(10));
        jobs().add("a");
        Instant last = Instant.parse("2026-03-01T12:20:00Z");
        assertEquals(
                List.of(last.minus(Duration.ofMinutes(10)), last),
                store().minutes(last.minus(Duration.ofMinutes(5)), last.plusSeconds(1)).stream()
                        .map(JobMinute::at)
                        .toList());
        assertEquals(
                List.of(last),
                store().minutes(last.plusSeconds(60), last.plusSeconds(120)).stream()
                        .map(JobMinute::at)
                        .toList());
    }

    @Test
    default void aStoreThatIsClosedLosesNoCount() throws Exception {
        jobs().add("a");
        jobs().add("a");
        reopen();
        assertEquals(List.of(2L, 0L, 0L, 0L, 0L, 2L, 0L), counts(only()));
        jobs().add("a");
        assertEquals(3, only().added());
        reopen();
        assertEquals(List.of(3L, 0L, 0L, 0L, 0L, 3L, 0L), counts(only()));
    }

    @Test
    default void whatIsRefusedIsNotCounted() {
        Job job = jobs().started("a");
        jobs().write(jobs().move(job, jobs().completed()));
        jobs().refused(jobs().move(job, jobs().completed()));
        assertEquals(1, only().completed());
    }

    @Test
    default void jobsThatAreRemovedLeaveTheNumberOfThoseThatWait() {
        Job job = jobs().add("a");
        await(store().remove(job.id()));
        assertEquals(List.of(1L, 0L, 0L, 0L, 0L, 0L, 0L), counts(only()));
    }

    @Test
    default void oldMinutesAreRemovedAFewAtATime() {
        for (int n = 0; n < 4; n++) {
            jobs().add("a");
            clock().advance(Duration.ofMinutes(1));
        }
        jobs().add("a");
        Instant third = Instant.parse("2026-03-01T12:02:00Z");
        assertEquals(1, await(store().removeMinutes(third, 1)));
        assertEquals(1, await(store().removeMinutes(third, 9)));
        assertEquals(0, await(store().removeMinutes(third, 9)));
        assertEquals(third, minutes().get(0).at());
    }

    @Test
    default void aClockThatIsSetBackAddsToEarlierMinutes() {
        jobs().add("a");
        clock().advance(Duration.ofMinutes(5));
        jobs().add("a");
        clock().set(Instant.parse("2026-03-01T12:00:10Z"));
        jobs().add("a");
        List<JobMinute> all = store().minutes(Instant.EPOCH, Instant.parse("2026-03-02T00:00:00Z"));
        assertEquals(List.of(2L, 1L), all.stream().map(JobMinute::added).toList());
    }
}
