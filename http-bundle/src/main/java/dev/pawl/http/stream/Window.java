package dev.pawl.http.stream;

import dev.pawl.http.memory.Share;
import java.util.concurrent.atomic.AtomicLong;

/** The bytes that a client has been sent and has not read, and the memory reserved for them. Safe for many threads. */
final class Window implements AutoCloseable {

    /** The unread bytes that one client may have, exceeded by at most one line. The system buffers some more. */
    static final int SIZE = 32 << 10;

    /** The memory that is reserved for it. */
    static final int MEMORY = 64 << 10;

    private final LogStreams streams;
    private final Share share;
    private final AtomicLong unsent = new AtomicLong();
    private volatile long takenAt;
    private boolean reserved; // guarded by this window

    Window(LogStreams streams) {
        this.streams = streams;
        this.share = streams.share();
        this.takenAt = streams.nanoTime();
    }

    /** Whether another line may be sent. Without memory for it, the wish is noted, and has to be repeated. */
    synchronized boolean hasRoom() {
        if (reserved) {
            return unsent.get() < SIZE;
        }
        if (!reserves()) {
            streams.wantMemory();
            return false;
        }
        return true;
    }

    private synchronized boolean reserves() {
        if (!reserved) {
            reserved = share.tryGrow(MEMORY);
        }
        return reserved;
    }

    /** Releases the memory while there are no unread bytes; returns whether it held any. */
    synchronized boolean releases() {
        if (!reserved || unsent.get() > 0) {
            return false;
        }
        reserved = false;
        share.shrink(MEMORY);
        return true;
    }

    /** Counts a line that is about to be sent. */
    synchronized void begins(int length) {
        if (unsent.getAndAdd(length) == 0) {
            takenAt = streams.nanoTime();
        }
        var unused = reserves(); // the memory may have been released since there was room; if there is none, one line
        // is sent without it
    }

    /** Counts a line that the client has taken; returns whether half of the window is free again. */
    boolean isHalfFreeAfter(int length) {
        takenAt = streams.nanoTime();
        return unsent.addAndGet(-length) < SIZE / 2;
    }

    /** The time for which the client has taken nothing, in nanoseconds; 0 when there is nothing to take. */
    long waits() {
        return unsent.get() == 0 ? 0 : streams.nanoTime() - takenAt;
    }

    /** Releases the memory for good. */
    @Override
    public void close() {
        share.close();
    }
}
