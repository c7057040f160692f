package dev.pawl.store.postgres.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The queue of changes for the writer, bounded by number and by size: a caller that adds to a full one waits for a limited time. */
final class ChangeQueue {

    private static final int MOST_WAITING = 8_192;
    private static final long LARGEST_WAITING = 64L * 1024 * 1024;
    private static final int MOST_IN_GROUP = 1_024;
    private static final long LARGEST_GROUP = 16L * 1024 * 1024;
    private static final long LOOK_AGAIN_MS = 100;

    private final Duration timeout;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition filled = lock.newCondition();
    private final Queue<PendingChange<?>> waiting = new ArrayDeque<>();
    private long size;
    private boolean closed;

    /** The outcomes of adding a change. */
    enum Entry {
        TAKEN,
        FULL,
        CLOSED
    }

    ChangeQueue(Duration timeout) {
        this.timeout = timeout;
    }

    /**
     * Adds a change, unless the queue is closed or has had no room for too long.
     *
     * @param mayWait false for the thread that makes the room; its changes are taken in any case
     */
    Entry put(PendingChange<?> change, boolean mayWait) {
        boolean interrupted = false;
        lock.lock();
        try {
            while (mayWait && !closed && isFullFor(change)) {
                if (change.waitsFor(timeout.toNanos())) {
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
            waiting.add(change);
            size += change.change().size();
            filled.signal();
            return Entry.TAKEN;
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean isFullFor(PendingChange<?> change) {
        return !waiting.isEmpty()
                && (waiting.size() >= MOST_WAITING || size + change.change().size() > LARGEST_WAITING);
    }

    /** Waits for changes and takes a group of them; false when the queue is closed and empty. */
    boolean take(List<PendingChange<?>> group) {
        lock.lock();
        try {
            while (waiting.isEmpty()) {
                if (closed) {
                    return false;
                }
                filled.awaitUninterruptibly();
            }
            long groupSize = 0;
            while (!waiting.isEmpty() && group.size() < MOST_IN_GROUP && groupSize < LARGEST_GROUP) {
                PendingChange<?> next = waiting.remove();
                group.add(next);
                groupSize += next.change().size();
                size -= next.change().size();
            }
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Accepts no more changes; waiting ones can still be taken. */
    void close() {
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
