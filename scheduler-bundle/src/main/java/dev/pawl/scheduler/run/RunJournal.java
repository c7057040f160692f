package dev.pawl.scheduler.run;

import dev.pawl.api.module.LogLevel;
import dev.pawl.api.module.StaleRunException;
import dev.pawl.api.module.TaskCancelledException;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobArtifact;
import dev.pawl.service.job.Progress;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.RunMove;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All that one run writes, in order: collected for a moment or to a size, with one write at a time in the store. A thread that writes
 * faster than the store does has to wait, so that memory stays bounded.
 */
final class RunJournal implements SegmentWriter.Listener {

    /** Listener to the outcome of the writes, on a thread of the store. */
    interface Listener {
        void written(Segment segment);

        void endedOrFenced();
    }

    private final RunTiming timing;
    private final Job job;
    private final Listener listener;
    private final SegmentWriter writer;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Segments segments;
    private @Nullable Segment inFlight;
    private long committed;
    private @Nullable ConfirmDeadline deadline; // made when first needed: most runs never do
    private long urgentTo;
    private boolean flushPlanned;
    private volatile boolean closed;
    private volatile boolean fenced;

    RunJournal(
            JobStore store,
            RunTiming timing,
            Job job,
            String moduleVersion,
            Supplier<Duration> elapsed,
            Listener listener) {
        this.timing = timing;
        this.job = job;
        this.listener = listener;
        this.segments = new Segments(timing.clock(), moduleVersion);
        this.writer = new SegmentWriter(store, timing.timers(), job, elapsed, this);
    }

    /** Whether nothing can be written any more: the end is in, or the run lost its epoch. */
    boolean isClosed() {
        return closed || fenced;
    }

    /** Whether the store refused this run's epoch. */
    boolean isFenced() {
        return fenced;
    }

    /** The reason why the latest write is tried again; empty when it is not. */
    Optional<String> trouble() {
        return writer.trouble();
    }

    /** Begins the work of a task: its settings go to disk with the next write, a moment from now at the latest. */
    void begin(int task, String moduleVersion, Map<String, Object> settings) {
        locked(() -> segments.doneWith(moduleVersion));
        append(task, () -> true, segment -> segment.settings = settings.isEmpty() ? segment.settings : settings);
    }

    /** Appends a line; false when the run has ended. */
    boolean line(int task, LogLevel level, String message, BooleanSupplier giveUp) {
        return append(task, giveUp, segment -> segments.line(segment, level, message));
    }

    /** Appends a result; false when the run has ended. */
    boolean result(int task, String json, BooleanSupplier giveUp) {
        return append(task, giveUp, segment -> segments.result(segment, json));
    }

    void progress(int task, Progress progress) {
        append(task, () -> true, segment -> segment.progress = progress);
    }

    /** Writes, with the next write, how long the job has been running. */
    void keepElapsed(int task) {
        append(task, () -> true, segment -> {});
    }

    /** Appends a line of the runtime itself: never waits, and is dropped when the run has ended meanwhile. */
    void runtimeLine(LogLevel level, String message) {
        lock.lock();
        try {
            if (!isClosed()) {
                segments.line(segments.open(-1), level, message);
                urgentTo = segments.last();
                submitNext();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Saves a checkpoint with everything before it; returns when it is on disk. */
    void checkpoint(int task, Map<String, Object> values, BooleanSupplier giveUp) {
        await(seal(task, segment -> segment.checkpoint = values), giveUp);
    }

    /** Keeps artifacts until the end of their task, with which they are written. */
    void keep(List<JobArtifact> artifacts) {
        locked(() -> segments.keep(artifacts));
    }

    /** Ends a task; returns when that is on disk. */
    void nextTask(int task, BooleanSupplier giveUp) {
        RunMove next = new RunMove.NextTask(timing.clock().instant());
        await(seal(task, segment -> segments.move(segment, next)), giveUp);
    }

    /**
     * Ends the run, with a last line of the runtime if there is one. Nothing can be written afterwards.
     *
     * @param change the requested change that this end makes; null when nobody requested it
     */
    void end(int task, @Nullable LogLevel level, String line, RunMove move, @Nullable AuditedChange change) {
        lock.lock();
        try {
            if (isClosed()) {
                return;
            }
            if (level != null) {
                segments.line(segments.open(-1), level, line);
            }
            Segment last = segments.open(level == null ? task : -1);
            segments.move(last, move);
            last.change = change;
            last.end = true;
            last.closed = true;
            closed = true;
            urgentTo = segments.last();
            submitNext();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void wake() {
        locked(changed::signalAll);
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    /** Writes everything that is there; called by the timer. */
    void flushDue() {
        locked(() -> {
            flushPlanned = false;
            urgentTo = segments.last();
            submitNext();
        });
    }

    private boolean append(int task, BooleanSupplier giveUp, Consumer<Segment> change) {
        lock.lock();
        try {
            while (segments.areFull() && !isClosed() && !giveUp.getAsBoolean()) {
                changed.awaitUninterruptibly();
            }
            if (isClosed()) {
                return false;
            }
            Segment segment = segments.open(task);
            change.accept(segment);
            if (segment.isFull()) {
                segment.closed = true;
                urgentTo = segments.last();
                submitNext();
            } else if (!flushPlanned) {
                flushPlanned = true;
                timing.timers().flushSoon(this::flushDue);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private long seal(int task, Consumer<Segment> change) {
        lock.lock();
        try {
            if (isClosed()) {
                throw stale();
            }
            Segment segment = segments.open(task);
            change.accept(segment);
            segment.closed = true; // results from here on are not covered by it
            urgentTo = segments.last();
            submitNext();
            return segment.number;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a segment is on disk. A run that is to end does not wait longer than its end may take to be confirmed. */
    private void await(long number, BooleanSupplier giveUp) {
        lock.lock();
        try {
            while (committed < number && !fenced) {
                if (giveUp.getAsBoolean() && (deadline().isReached(committed) || writer.isFailing())) {
                    throw new TaskCancelledException("The run is to end, and the store takes nothing at present.");
                }
                changed.awaitUninterruptibly();
            }
            if (committed < number) {
                throw stale();
            }
        } finally {
            lock.unlock();
        }
    }

    private ConfirmDeadline deadline() {
        ConfirmDeadline known = deadline == null ? new ConfirmDeadline(timing, lock, changed) : deadline;
        deadline = known;
        return known;
    }

    /** The refusal that a thread gets whose run is over. */
    StaleRunException stale() {
        return new StaleRunException("Run " + job.state().epoch() + " of job " + job.id()
                + " has ended or was taken over; nothing it writes is saved any more.");
    }

    private void submitNext() {
        Segment next = inFlight != null || fenced ? null : segments.take(urgentTo);
        if (next != null) {
            inFlight = next;
            writer.submit(next);
        }
    }

    @Override
    public void written(Segment segment) {
        lock.lock();
        try {
            inFlight = null;
            committed = segment.number;
            segments.written(segment);
            submitNext();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        listener.written(segment);
        if (segment.end) {
            listener.endedOrFenced();
        }
    }

    @Override
    public void refused() {
        lock.lock();
        try {
            inFlight = null;
            fenced = true;
            segments.drop();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        listener.endedOrFenced();
    }
}
