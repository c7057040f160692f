package dev.pawl.scheduler.run;

import dev.pawl.api.module.TaskCancelledException;
import dev.pawl.scheduler.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Brings one run to its end: it is told, then its thread is interrupted, then the thread is given up. A pause waits for a
 * checkpoint before it does anything; a stop tells the module at once.
 */
final class StopLadder {

    private final Timers timers;
    private final RunLimits limits;
    private final Runnable told;
    private final Runnable abandon;

    private final ReentrantLock lock = new ReentrantLock();
    private final List<ScheduledFuture<?>> rungs = new ArrayList<>();
    private @Nullable Thread thread;
    private long stage;
    private boolean cleaning;
    private volatile @Nullable EndCause cause;
    private volatile boolean cancelled;
    private volatile boolean noticed;
    private volatile boolean interrupted;

    /**
     * @param told called when the module is to leave its work, so that waiting calls look again
     * @param abandon called when the thread is to be given up
     */
    StopLadder(Timers timers, RunLimits limits, Runnable told, Runnable abandon) {
        this.timers = timers;
        this.limits = limits;
        this.told = told;
        this.abandon = abandon;
    }

    /** Why the run is to end; null while it is not. */
    @Nullable
    EndCause cause() {
        return cause;
    }

    /** Whether the module is to leave its work at its next call, checkpoint or not. */
    boolean isCancelled() {
        return cancelled;
    }

    /** The module was told to leave. */
    void notice() {
        noticed = true;
    }

    /** Whether a run that came back did so because it was told to; one that was not has done its work, or failed by itself. */
    boolean hasLeft(@Nullable Throwable thrown) {
        return thrown == null ? noticed : cancelled || (noticed && thrown instanceof TaskCancelledException);
    }

    /** Whether the thread was interrupted. */
    boolean wasInterrupted() {
        return interrupted;
    }

    /**
     * Asks the run to end. A stop overrules a pause; anything else that comes second changes nothing.
     *
     * @param patience for a pause, how long a checkpoint is waited for
     * @return whether this request is the one that counts now
     */
    boolean request(EndCause wanted, Duration patience) {
        lock.lock();
        try {
            EndCause present = cause;
            if (present != null && (!present.pauses() || wanted.pauses())) {
                return false;
            }
            cause = wanted;
            cancelled = cancelled || !wanted.pauses();
            if (!cleaning) { // cleanup has its own limit, whoever ends the run meanwhile
                dropRungs();
                climb(wanted.pauses() ? patience : limits.grace(), limits.abandon());
            }
        } finally {
            lock.unlock();
        }
        told.run();
        return true;
    }

    /** The calling thread begins to run module code. */
    void enter() {
        lock.lock();
        try {
            thread = Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }

    /** The calling thread will run no more module code; from here on nothing interrupts it. */
    void leave() {
        lock.lock();
        try {
            thread = null;
            stage++;
            dropRungs();
            Thread.interrupted();
        } finally {
            lock.unlock();
        }
    }

    /** Cleanup begins: what was to end the run is done with, and the limit of cleanup counts. */
    void enterCleanup() {
        lock.lock();
        try {
            stage++;
            cleaning = true;
            dropRungs();
            Thread.interrupted();
            climb(limits.cleanup(), limits.abandon());
        } finally {
            lock.unlock();
        }
    }

    /** Cleanup is over. */
    void leaveCleanup() {
        lock.lock();
        try {
            stage++;
            cleaning = false;
            dropRungs();
            Thread.interrupted();
        } finally {
            lock.unlock();
        }
    }

    private void climb(Duration untilInterrupt, Duration untilAbandoned) {
        long present = stage;
        if (untilInterrupt.isZero()) {
            interruptNow();
        } else {
            keep(timers.after(untilInterrupt, () -> interrupt(present)));
        }
        keep(timers.after(untilInterrupt.plus(untilAbandoned), () -> giveUp(present)));
    }

    private void keep(@Nullable ScheduledFuture<?> rung) {
        if (rung != null) {
            rungs.add(rung);
        }
    }

    private void dropRungs() {
        rungs.forEach(rung -> rung.cancel(false));
        rungs.clear();
    }

    private void interrupt(long ofStage) {
        lock.lock();
        try {
            if (ofStage != stage) {
                return;
            }
            interruptNow();
        } finally {
            lock.unlock();
        }
        told.run(); // never with the lock: the journal has one of its own
    }

    private void interruptNow() {
        cancelled = cancelled || cause != null;
        interrupted = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void giveUp(long ofStage) {
        lock.lock();
        try {
            if (ofStage != stage) {
                return;
            }
            stage++;
            thread = null;
        } finally {
            lock.unlock();
        }
        abandon.run();
    }
}
