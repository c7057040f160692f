package dev.pawl.processes.child;

import dev.pawl.processes.protocol.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The way from the threads that read a process's streams to the thread of its task. Messages wait for room, so that a process that is
 * faster than the store waits in its pipe; lines of standard error never wait: those without room are counted.
 */
final class Inbox {

    /** The most bytes of messages that wait, beyond the last one. */
    static final long MOST_BYTES = 4 << 20;

    /** The line of standard error by which a process says that it takes another task, and that no line of this one comes any more. */
    static final String STAYS = "\u001estays";

    private static final int MOST_LINES = 1_000;
    private static final int STREAMS = 2;

    /**
     * All that has come.
     *
     * @param messages messages of standard output, in order
     * @param errorLines lines of standard error
     * @param leftOut the number of lines of standard error for which there was no room
     * @param stays whether the process has said that it takes another task
     * @param over whether both streams have ended, and all of them has been taken
     */
    record Batch(List<Message> messages, List<String> errorLines, long leftOut, boolean stays, boolean over) {}

    private final ReentrantLock lock = new ReentrantLock(); // no monitor: a virtual thread waits in it
    private final Condition came = lock.newCondition();
    private final Condition room = lock.newCondition();
    private List<Message> messages = new ArrayList<>();
    private List<String> errorLines = new ArrayList<>();
    private long bytes;
    private long leftOut;
    private boolean stays;
    private int ended;
    private boolean closed;

    void put(List<Message> more, long size) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (bytes >= MOST_BYTES && !closed) {
                room.await();
            }
            if (!closed) {
                messages.addAll(more);
                bytes += size;
                came.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    void putErrorLine(String line) {
        lock.lock();
        try {
            if (line.equals(STAYS)) {
                stays = true;
                came.signal();
            } else if (closed || errorLines.size() >= MOST_LINES) {
                leftOut++;
            } else {
                errorLines.add(line);
                came.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    void ended() {
        lock.lock();
        try {
            ended++;
            came.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Takes all that is there, or waits that long for something; empty when nothing came. */
    Batch take(long time, TimeUnit unit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = unit.toNanos(time);
            while (messages.isEmpty() && errorLines.isEmpty() && !stays && ended < STREAMS && left > 0) {
                left = came.awaitNanos(left);
            }
            Batch batch = new Batch(messages, errorLines, leftOut, stays, ended == STREAMS);
            messages = new ArrayList<>();
            errorLines = new ArrayList<>();
            bytes = 0;
            leftOut = 0;
            stays = false;
            room.signalAll();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Drops all that comes from now on. */
    void close() {
        lock.lock();
        try {
            closed = true;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
