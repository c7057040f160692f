package dev.pawl.store.kit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The queue of writes for the writer. It is bounded by number and by size: a caller that adds to a full queue waits for a limited time,
 * even when its thread is interrupted.
 *
 * @param <W> the writes
 */
public final class WriteQueue<W extends QueuedWrite> {

    private static final int MOST_WAITING = 8_192;
    private static final long LARGEST_WAITING = 64L * 1024 * 1024;
    private static final long LOOK_AGAIN_MS = 100;
    private static final int MOST_IN_GROUP = 1_024;
    private static final long LARGEST_GROUP = 16L * 1024 * 1024;

    private final Duration timeout;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition filled = lock.newCondition();
    private final Queue<W> waiting = new ArrayDeque<>();
    private long size;
    private int wanted = 1; // the number of writes at which the thread that takes them is woken
    private boolean closed;
    private volatile boolean stalled;

    /** The outcomes of adding a write. */
    public enum Entry {
        TAKEN,
        FULL,
        CLOSED
    }

    /** @param timeout the longest wait for room */
    public WriteQueue(Duration timeout) {
        this.timeout = timeout;
    }

    /**
     * Adds a write, unless the queue is closed or has had no room for too long.
     *
     * @param mayWait false for the thread that makes the room; its writes are taken in any case
     */
    public Entry put(W write, boolean mayWait) {
        boolean interrupted = false;
        lock.lock();
        try {
            while (mayWait
                    && !closed
                    && !waiting.isEmpty()
                    && (waiting.size() >= MOST_WAITING || size + write.size() > LARGEST_WAITING)) {
                if (stalled || write.waitsFor(timeout, System.nanoTime())) {
                    return Entry.FULL;
                }
                try {
                    var unused = changed.await(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (closed) {
                return Entry.CLOSED;
            }
            waiting.add(write);
            size += write.size();
            if (waiting.size() >= wanted || size >= LARGEST_GROUP) {
                filled.signal();
            }
            return Entry.TAKEN;
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether no write waits. */
    public boolean isEmpty() {
        lock.lock();
        try {
            return waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Makes adding to a full queue fail at once, while nothing can be written and no room will become free. */
    public void stall(boolean now) {
        stalled = now;
    }

    /**
     * Waits until so many writes are there, but no longer than given; not at all once it is closed or full. For the thread that takes them.
     *
     * @param longestNs in nanoseconds
     */
    public void gather(int writes, long longestNs) {
        lock.lock();
        try {
            wanted = Math.min(writes, MOST_IN_GROUP);
            long leftNs = longestNs;
            while (leftNs > 0 && !closed && waiting.size() < wanted && size < LARGEST_GROUP) {
                leftNs = filled.awaitNanos(leftNs);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            wanted = 1;
            lock.unlock();
        }
    }

    /** Waits for writes and takes a group of them; false when the queue is closed and empty. */
    public boolean take(Consumer<W> group) {
        lock.lock();
        try {
            while (waiting.isEmpty()) {
                if (closed) {
                    return false;
                }
                filled.awaitUninterruptibly();
            }
            long groupSize = 0;
            for (int n = 0; n < MOST_IN_GROUP && groupSize < LARGEST_GROUP; n++) {
                W next = waiting.peek();
                if (next == null) {
                    break;
                }
                group.accept(next);
                waiting.remove();
                groupSize += next.size();
                size -= next.size();
            }
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Removes writes from the head for as long as the condition holds. */
    public List<W> remove(Predicate<W> condition) {
        List<W> removed = new ArrayList<>();
        lock.lock();
        try {
            for (W head = waiting.peek(); head != null && condition.test(head); head = waiting.peek()) {
                removed.add(waiting.remove());
                size -= head.size();
            }
            changed.signalAll();
            return removed;
        } finally {
            lock.unlock();
        }
    }

    /** Whether it accepts no more writes. */
    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Accepts no more writes; waiting ones can still be taken. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
