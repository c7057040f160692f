package dev.pawl.scheduler.feed;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.scheduler.time.Timers;
import dev.pawl.service.data.TextLimit;
import dev.pawl.service.job.LogEntry;
import dev.pawl.service.job.LogSubscriber;
import dev.pawl.service.job.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogFeedTest {

    private final StoredLog log = new StoredLog();
    private final ConcurrentLinkedQueue<Runnable> timed = new ConcurrentLinkedQueue<>();
    private final LogFeed feed = new LogFeed(log.store(), new Timers() {
        @Override
        public @Nullable ScheduledFuture<?> after(Duration delay, Runnable work) {
            timed.add(work);
            return null;
        }

        @Override
        public void every(Duration period, Runnable work) {
            throw new AssertionError("A feed does nothing at intervals.");
        }

        @Override
        public void flushSoon(Runnable flush) {
            throw new AssertionError("A feed writes nothing.");
        }

        @Override
        public void close() {}
    });

    @AfterEach
    void close() {
        feed.close();
    }

    /** A follower that takes a number of entries and is not ready then, until it is given more. */
    private static final class Follower implements LogSubscriber {
        final List<Long> seen = new ArrayList<>();
        final AtomicInteger delivered = new AtomicInteger();
        final AtomicInteger takes = new AtomicInteger();
        final AtomicInteger ended = new AtomicInteger();
        volatile int flushedAt = -1;

        @Nullable
        Subscription subscription;

        Follower(int takes) {
            this.takes.set(takes);
        }

        @Override
        public boolean isReady() {
            return takes.get() > 0;
        }

        @Override
        public void next(LogEntry entry) {
            seen.add(entry.sequence());
            takes.decrementAndGet();
            delivered.incrementAndGet();
        }

        @Override
        public void flush() {
            flushedAt = delivered.get();
        }

        @Override
        public void ended() {
            ended.incrementAndGet();
        }

        void giveMore(int more) {
            takes.addAndGet(more);
            Objects.requireNonNull(subscription).resume();
        }
    }

    private Follower follow(long after, int takes) {
        Follower follower = new Follower(takes);
        follower.subscription = feed.subscribe(log.job(), after, follower);
        return follower;
    }

    private List<Follower> followers(int number) {
        return Stream.generate(() -> follow(0, Integer.MAX_VALUE)).limit(number).toList();
    }

    private static void assertComplete(Follower follower, long after, int lines) {
        assertEquals(LongStream.rangeClosed(after + 1, lines).boxed().toList(), follower.seen);
    }

    @Test
    void aFollowerOfALogWithoutLinesIsToldThatNoneFollows() {
        Follower follower = follow(0, 1);
        eventually("it releases what it holds to receive one", () -> follower.flushedAt == 0);
    }

    @Test
    void aLineIsReadOnceForAllFollowersOfItsJob() {
        List<Follower> all = followers(500);
        int lines = 0;
        for (int burst = 1; burst <= 100; burst++) {
            lines = log.add(burst % 3 == 0 ? 200 : 1, "hello");
            feed.written(log.job());
            int expected = lines;
            eventually("all have the burst", () -> all.stream().allMatch(each -> each.flushedAt == expected));
        }
        log.end();
        feed.written(log.job());
        eventually("all were told of the end", () -> all.stream().allMatch(each -> each.ended.get() == 1));
        for (Follower follower : all) {
            assertComplete(follower, 0, lines);
        }
        assertTrue(log.entriesRead.get() <= 2L * lines, () -> "entries read: " + log.entriesRead);
        assertTrue(log.jobReads.get() <= 2 * 102, () -> "job read: " + log.jobReads);
    }

    @Test
    void aSlowFollowerGetsEachLineOnceAndDelaysNobody() {
        int lines = log.add(3_000, "a line of some length ".repeat(100)); // more than is kept of all logs
        Follower slow = follow(0, 7);
        List<Follower> others = followers(20);
        eventually("the others have all lines", () -> others.stream().allMatch(each -> each.flushedAt == lines));
        assertEquals(7, slow.delivered.get());
        while (slow.delivered.get() < lines) {
            int before = slow.delivered.get();
            slow.giveMore(97);
            eventually("it goes on", () -> slow.flushedAt >= Math.min(lines, before + 97));
        }
        log.end();
        feed.written(log.job());
        eventually("it was told of the end", () -> slow.ended.get() == 1);
        assertComplete(slow, 0, lines);
        others.forEach(each -> assertComplete(each, 0, lines));
    }

    @Test
    void theLongestLinesComeInOrderToo() {
        Follower follower = follow(0, Integer.MAX_VALUE);
        log.add(300, "short");
        feed.written(log.job());
        eventually("it has the short lines", () -> follower.flushedAt == 300);
        int lines = log.add(300, "x".repeat(TextLimit.LINE.characters()));
        feed.written(log.job());
        eventually("it has the long lines", () -> follower.flushedAt == lines);
        assertComplete(follower, 0, lines);
    }

    @Test
    void linesThatAreStoredTogetherWithTheEndComeBeforeIt() {
        log.add(1, "first");
        log.afterFind = () -> {
            log.afterFind = () -> {};
            log.beforeFind = () -> { // the last line and the end are stored after the log was read for the same change
                log.add(1, "last");
                log.end();
            };
            feed.written(log.job());
        };
        Follower follower = follow(0, Integer.MAX_VALUE);
        eventually("it was told of the end", () -> follower.ended.get() == 1);
        assertEquals(List.of(1L, 2L), follower.seen);
    }

    @Test
    void afterTroubleWithTheStoreItGoesOnWhereItWas() {
        int lines = log.add(1_000, "hello");
        Follower follower = follow(0, 100);
        eventually("it has some lines", () -> follower.flushedAt == 100);
        log.refusals.set(1);
        follower.takes.set(Integer.MAX_VALUE);
        List<Follower> late = List.of(follow(900, 5), follow(990, Integer.MAX_VALUE));
        Objects.requireNonNull(follower.subscription).resume();
        eventually("someone was refused", () -> !timed.isEmpty());
        timed.remove().run();
        eventually("it has all lines", () -> follower.flushedAt == lines);
        eventually("so has one that came meanwhile", () -> late.get(1).flushedAt == 10);
        assertComplete(follower, 0, lines);
        assertComplete(late.get(1), 990, lines);
    }

    @Test
    void whenTheFeedIsClosedFollowersGetWhatIsStoredAndTheEnd() {
        List<Follower> all = followers(50);
        int lines = log.add(2_000, "hello"); // nobody is told of them
        feed.close();
        for (Follower follower : all) {
            assertEquals(1, follower.ended.get());
            assertComplete(follower, 0, lines);
        }
    }
}
