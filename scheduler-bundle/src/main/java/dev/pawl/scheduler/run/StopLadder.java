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
 * The steps that end one run: the module is asked to leave, then its thread is interrupted, then the thread is abandoned. A pause first
 * waits for a checkpoint; a stop asks the module at once.
 */
final class StopLadder {

    private final Timers timers;
    private final RunLimits limits;
    private final Runnable wake;
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
     * @param wake called when the module is to leave its work, so that waiting calls look again
     * @param abandon called when the thread is to be abandoned
     */
    StopLadder(Timers timers, RunLimits limits, Runnable wake, Runnable abandon) {
        this.timers = timers;
        this.limits = limits;
        this.wake = wake;
        this.abandon = abandon;
    }

    /** The cause for which the run is to end; null while it is not. */
    @Nullable
    EndCause cause() {
        return cause;
    }

    /** Whether the module is to leave its work at its next call, checkpoint or not. */
    boolean isCancelled() {
        return cancelled;
    }

    /** Notes that the module has noticed the request to leave. */
    void notice() {
        noticed = true;
    }

    /** Whether a run that came back did so because it was asked to; otherwise it has done its work, or failed by itself. */
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
     * @param checkpointWait time for which a pause waits for a checkpoint
     * @return whether this request is the one that counts now
     */
    boolean request(EndCause wanted, Duration checkpointWait) {
        lock.lock();
        try {
            EndCause present = cause;
            if (present != null && (!present.pauses() || wanted.pauses())) {
                return false;
            }
            cause = wanted;
            cancelled = cancelled || !wanted.pauses();
            if (!cleaning) { // cleanup has its own limit, whatever ends the run meanwhile
                dropRungs();
                schedule(wanted.pauses() ? checkpointWait : limits.grace(), limits.abandon());
            }
        } finally {
            lock.unlock();
        }
        wake.run();
        return true;
    }

    /** Makes the calling thread, which begins to run module code, the one to interrupt. */
    void enter() {
        lock.lock();
        try {
            thread = Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }

    /** Lets nothing interrupt the calling thread any more, which will run no more module code. */
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

    /** Begins the cleanup: steps of the run are dropped, and the limit of cleanup counts. */
    void enterCleanup() {
        lock.lock();
        try {
            stage++;
            cleaning = true;
            dropRungs();
            Thread.interrupted();
            schedule(limits.cleanup(), limits.abandon());
        } finally {
            lock.unlock();
        }
    }

    /** Ends the cleanup. */
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

    private void schedule(Duration untilInterrupt, Duration untilAbandoned) {
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
        wake.run(); // never with the lock: the journal has one of its own
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
