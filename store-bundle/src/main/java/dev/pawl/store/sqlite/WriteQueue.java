package dev.pawl.store.sqlite;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Writes on their way to the writer, in order. Bounded by number and by size: who adds to a full queue waits, also when its
 * thread is interrupted, since a write must not depend on that.
 */
final class WriteQueue {

    private static final int MOST_WAITING = 8_192;
    private static final long LARGEST_WAITING = 64L * 1024 * 1024;
    private static final int MOST_IN_GROUP = 1_024;
    private static final long LARGEST_GROUP = 16L * 1024 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition filled = lock.newCondition();
    private final Queue<Pending<?>> waiting = new ArrayDeque<>();
    private long size;
    private boolean closed;

    /** Adds a write; false when the queue is closed. */
    boolean put(Pending<?> write) {
        lock.lock();
        try {
            while (!closed
                    && !waiting.isEmpty()
                    && (waiting.size() >= MOST_WAITING || size + write.size() > LARGEST_WAITING)) {
                changed.awaitUninterruptibly();
            }
            if (closed) {
                return false;
            }
            waiting.add(write);
            size += write.size();
            filled.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for writes and hands over a group of them; false when the queue is closed and empty. */
    boolean take(Consumer<Pending<?>> group) {
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
                Pending<?> next = waiting.poll();
                if (next == null) {
                    break;
                }
                groupSize += next.size();
                group.accept(next);
            }
            size -= groupSize;
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more; what waits is still handed over. */
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
