package dev.pawl.scheduler.run;

import dev.pawl.api.module.LogLevel;
import dev.pawl.api.module.StaleRunException;
import dev.pawl.api.module.TaskCancelledException;
import dev.pawl.scheduler.time.Timers;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.Progress;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import dev.pawl.service.store.JobStore;
import dev.pawl.service.store.RunMove;
import dev.pawl.service.store.RunWrite;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything one run writes, in order: collected for a moment or to a size, one write with the store at a time, tried again while
 * the store is not available. Who writes faster than the store takes it waits, so that memory stays bounded.
 */
final class RunJournal {

    /** From here on a flush does not wait for its time. */
    private static final long FLUSH_BYTES = 64 * 1024;

    private static final int FLUSH_ENTRIES = 500;

    /** From here on the writing thread waits. */
    private static final long MOST_BYTES = 512 * 1024;

    private static final long NEVER = -1;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(RunJournal.class);

    /** Is told what became of the writes, on a thread of the store. */
    interface Listener {
        void submittedEnd();

        void written();

        void endedOrFenced();
    }

    private final JobStore store;
    private final InstantSource clock;
    private final Timers timers;
    private final Job job;
    private final Supplier<Duration> elapsed;
    private final Listener listener;
    private final Duration confirm;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Segments segments;
    private @Nullable Segment inFlight;
    private long committed;
    private long givingUpAt = NEVER; // the timer counts for the time in which no more than this is committed
    private long givenUpAt = NEVER;
    private long urgentTo;
    private boolean flushPlanned;
    private boolean failing;
    private volatile @Nullable String trouble;
    private volatile boolean closed;
    private volatile boolean fenced;

    RunJournal(RunServices plant, Job job, String moduleVersion, Supplier<Duration> elapsed, Listener listener) {
        this.store = plant.store();
        this.clock = plant.clock();
        this.segments = new Segments(plant.clock(), moduleVersion);
        this.timers = plant.timers();
        this.job = job;
        this.elapsed = elapsed;
        this.listener = listener;
        this.confirm = plant.limits().confirm();
    }

    /** Whether nothing can be written any more: the end is in, or the run lost its epoch. */
    boolean isClosed() {
        return closed || fenced;
    }

    /** Whether the store refused this run's epoch. */
    boolean isFenced() {
        return fenced;
    }

    /** Why the store refused the latest write, which is tried again; empty when it takes them or has said nothing. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** A task begins its work: what it works with goes to disk with the next write, a moment from now at the latest. */
    void begin(int task, String moduleVersion, Map<String, Object> settings) {
        lock.lock();
        try {
            segments.doneWith(moduleVersion);
        } finally {
            lock.unlock();
        }
        append(task, () -> true, segment -> segment.settings = settings.isEmpty() ? segment.settings : settings);
    }

    /** Says whether the line was taken; it is not when the run has ended. */
    boolean line(int task, LogLevel level, String message, BooleanSupplier giveUp) {
        return append(task, giveUp, segment -> segments.line(segment, level, message));
    }

    /** Says whether the result was taken; it is not when the run has ended. */
    boolean result(int task, String json, BooleanSupplier giveUp) {
        return append(task, giveUp, segment -> segments.result(segment, json));
    }

    void progress(int task, Progress progress) {
        append(task, () -> true, segment -> segment.progress = progress);
    }

    /** Writes, with the next write, how long the job has been running; nothing else has to come of it. */
    void keepElapsed(int task) {
        append(task, () -> true, segment -> {});
    }

    /** A line of the runtime itself: never waits, and is dropped when the run has ended meanwhile. */
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

    /** Saves a checkpoint with all before it; returns when it is on disk. */
    void checkpoint(int task, Map<String, Object> values, BooleanSupplier giveUp) {
        await(seal(task, segment -> segment.checkpoint = values), giveUp);
    }

    /** Ends a task; returns when that is on disk. */
    void nextTask(int task, BooleanSupplier giveUp) {
        await(seal(task, segment -> segment.move = new RunMove.NextTask(clock.instant())), giveUp);
    }

    /** Ends the run, with a last line of the runtime if there is one to say. Nothing can be written afterwards. */
    void end(int task, @Nullable LogLevel level, String line, RunMove move) {
        lock.lock();
        try {
            if (isClosed()) {
                return;
            }
            if (level != null) {
                segments.line(segments.open(-1), level, line);
            }
            Segment last = segments.open(level == null ? task : -1);
            last.move = move;
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

    /** Lets waiting threads look again whether to give up. */
    void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Writes what is there; called by the timer. */
    void flushDue() {
        lock.lock();
        try {
            flushPlanned = false;
            urgentTo = segments.last();
            submitNext();
        } finally {
            lock.unlock();
        }
    }

    private boolean append(int task, BooleanSupplier giveUp, Consumer<Segment> change) {
        lock.lock();
        try {
            while (segments.bytes() >= MOST_BYTES && !isClosed() && !giveUp.getAsBoolean()) {
                changed.awaitUninterruptibly();
            }
            if (isClosed()) {
                return false;
            }
            Segment segment = segments.open(task);
            change.accept(segment);
            if (segment.bytes >= FLUSH_BYTES || segment.entries() >= FLUSH_ENTRIES) {
                segment.closed = true;
                urgentTo = segments.last();
                submitNext();
            } else if (!flushPlanned) {
                flushPlanned = true;
                timers.flushSoon(this::flushDue);
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

    /** A run that is to end waits for the store as long as its end may take to be confirmed, and no longer. */
    private void await(long number, BooleanSupplier giveUp) {
        lock.lock();
        try {
            while (committed < number && !fenced) {
                if (giveUp.getAsBoolean()) {
                    planToGiveUp();
                    if (failing || givenUpAt == committed) {
                        throw new TaskCancelledException("The run is to end, and the store takes nothing at present.");
                    }
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

    private void planToGiveUp() {
        long present = committed;
        if (givingUpAt != present) {
            givingUpAt = present;
            if (timers.after(confirm, () -> giveUp(present)) == null) {
                givenUpAt = present;
            }
        }
    }

    private void giveUp(long unlessBeyond) {
        lock.lock();
        try {
            givenUpAt = unlessBeyond;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What a writer is told whose run is over. */
    StaleRunException stale() {
        return new StaleRunException("Run " + job.state().epoch() + " of job " + job.id()
                + " has ended or was taken over; nothing it writes is saved any more.");
    }

    private void submitNext() {
        Segment next = inFlight != null || fenced ? null : segments.take(urgentTo);
        if (next != null) {
            inFlight = next;
            submit(next);
        }
    }

    private void submit(Segment segment) {
        RunWrite write = segment.write(job.id(), job.state().epoch(), elapsed.get());
        var future = store.write(write);
        if (segment.end) {
            listener.submittedEnd();
        }
        var unused = future.whenComplete((written, problem) -> written(segment, problem));
    }

    private void written(Segment segment, @Nullable Throwable problem) {
        Throwable cause =
                problem instanceof CompletionException && problem.getCause() != null ? problem.getCause() : problem;
        if (cause instanceof ProblemException unavailable && unavailable.code() == ProblemCode.STORE_UNAVAILABLE) {
            retryLater(segment, unavailable);
            return;
        }
        lock.lock();
        try {
            inFlight = null;
            if (cause == null) {
                failing = false;
                trouble = null;
                committed = segment.number;
                segments.written(segment);
                submitNext();
            } else {
                fenced = true;
                segments.drop();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        boolean expected = cause instanceof StaleRunException
                || (cause instanceof ProblemException closing && closing.code() == ProblemCode.SHUTTING_DOWN);
        if (cause != null && !expected) {
            LOG.error("A write of job {} was refused for good; its run ends here. This is a defect.", job.id(), cause);
        }
        if (cause == null) {
            listener.written();
        }
        if (cause != null || segment.end) {
            listener.endedOrFenced();
        }
    }

    private void retryLater(Segment segment, ProblemException unavailable) {
        lock.lock();
        try {
            if (!failing) {
                failing = true;
                LOG.warn(
                        "Job {} waits for the store, which is asked again every {}: {}",
                        job.id(),
                        RETRY_AFTER,
                        unavailable.getMessage());
            }
            trouble = unavailable.getMessage();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        var unused = timers.after(RETRY_AFTER, () -> submit(segment));
    }
}
