package dev.pawl.store.kit;

import static dev.pawl.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pawl.store.kit.WriteQueue.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WriteQueueTest {

    private static final long MIB = 1024 * 1024;

    private final WriteQueue<Write> queue = new WriteQueue<>(Duration.ofSeconds(60));

    @Test
    void writesComeOutInTheOrderInWhichTheyCame() {
        Write first = write(1);
        Write second = write(1);
        queue.put(first, true);
        queue.put(second, true);
        assertEquals(List.of(first, second), take());
    }

    @Test
    void aGroupHasALimitedSize() {
        for (int n = 0; n < 5; n++) {
            queue.put(write(8 * MIB), true);
        }
        assertEquals(2, take().size());
    }

    @Test
    void whoAddsToAFullQueueWaitsForRoom() {
        queue.put(write(60 * MIB), true);
        Thread thread = new Thread(() -> queue.put(write(5 * MIB), true));
        thread.start();
        eventually("the thread waits", () -> thread.getState() == Thread.State.TIMED_WAITING);
        assertEquals(1, take().size());
        eventually("the thread continues", () -> !thread.isAlive());
        assertEquals(1, take().size());
    }

    @Test
    void whoHasWaitedForRoomForTooLongIsSentAway() {
        WriteQueue<Write> queue = new WriteQueue<>(Duration.ofMillis(20));
        queue.put(write(60 * MIB), true);
        Thread.currentThread().interrupt();
        assertEquals(Entry.FULL, queue.put(write(5 * MIB), true));
        assertTrue(Thread.interrupted(), "the interrupt status is kept");
    }

    @Test
    void whoFindsNoRoomWhileNothingCanBeWrittenIsSentAwayAtOnce() {
        queue.put(write(60 * MIB), true);
        queue.stall(true);
        assertEquals(Entry.FULL, queue.put(write(5 * MIB), true));
        assertEquals(1, take().size());
    }

    @Test
    void aWriteLargerThanTheQueueIsTakenWhenItIsAlone() {
        assertEquals(Entry.TAKEN, queue.put(write(100 * MIB), true));
        assertEquals(1, take().size());
    }

    @Test
    void aClosedQueueTakesNothingAndHandsOverTheRest() {
        queue.put(write(1), true);
        queue.close();
        assertEquals(Entry.CLOSED, queue.put(write(1), true));
        assertEquals(1, take().size());
        assertFalse(queue.take(write -> {}));
    }

    @Test
    void closingLetsThoseGoWhoWaitForRoom() {
        queue.put(write(60 * MIB), true);
        Thread thread = new Thread(() -> queue.put(write(5 * MIB), true));
        thread.start();
        eventually("the thread waits", () -> thread.getState() == Thread.State.TIMED_WAITING);
        queue.close();
        eventually("the thread continues", () -> !thread.isAlive());
        assertEquals(1, take().size());
    }

    @Test
    void whoGathersGoesOnOnceAsManyWritesAreThere() {
        Thread thread = gathering(2);
        queue.put(write(1), true);
        assertEquals(Thread.State.TIMED_WAITING, thread.getState());
        queue.put(write(1), true);
        eventually("the thread continues", () -> !thread.isAlive());
        assertEquals(2, take().size());
    }

    @Test
    void whoGathersGoesOnOnceTheWritesAreAsLargeAsAGroup() {
        Thread thread = gathering(2);
        queue.put(write(16 * MIB), true);
        eventually("the thread continues", () -> !thread.isAlive());
    }

    @Test
    void whoGathersGoesOnOnceNoMoreCanCome() {
        Thread thread = gathering(2);
        queue.close();
        eventually("the thread continues", () -> !thread.isAlive());
    }

    @Test
    void whoHasGatheredForTooLongGoesOn() {
        queue.put(write(1), true);
        queue.gather(2, 1_000);
        assertEquals(1, take().size());
    }

    @Test
    void whoTakesAfterGatheringIsWokenByOneWrite() {
        queue.gather(2, 1_000);
        Thread thread = new Thread(this::take);
        thread.start();
        eventually("the thread waits", () -> thread.getState() == Thread.State.WAITING);
        queue.put(write(1), true);
        eventually("the thread continues", () -> !thread.isAlive());
    }

    private Thread gathering(int writes) {
        Thread thread =
                new Thread(() -> queue.gather(writes, Duration.ofSeconds(60).toNanos()));
        thread.start();
        eventually("the thread waits", () -> thread.getState() == Thread.State.TIMED_WAITING);
        return thread;
    }

    private List<Write> take() {
        List<Write> group = new ArrayList<>();
        queue.take(group::add);
        return group;
    }

    private static Write write(long size) {
        return new Write(size, System.nanoTime());
    }

    private record Write(long size, long sinceNs) implements QueuedWrite {

        @Override
        public boolean waitsFor(Duration limit, long nowNs) {
            return nowNs - sinceNs >= limit.toNanos();
        }

        @Override
        public void complete() {
            throw new AssertionError("the queue completes nothing");
        }
    }

    @Test
    void theThreadThatMakesRoomIsNeverKeptWaiting() {
        queue.put(write(60 * MIB), true);
        assertEquals(Entry.TAKEN, queue.put(write(5 * MIB), false));
    }
}
