package dev.pawl.http.event;

import dev.pawl.http.answer.EventJson.EndReason;
import dev.pawl.http.memory.MemoryBudget;
import dev.pawl.http.memory.Share;
import dev.pawl.http.stream.FollowerLimit;
import dev.pawl.http.stream.LineTexts;
import dev.pawl.service.event.EventSink;
import dev.pawl.service.event.JobEvent;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobView;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All clients that read events, the events themselves, and the thread that gives them out. Events come in from the first reader on until
 * {@link #KEPT_ON} after the last one has gone, so that one whose connection was cut can go on without a gap.
 */
public final class EventStreams implements AutoCloseable {

    /** The time for which events are kept when nobody reads them any more. */
    static final Duration KEPT_ON = Duration.ofMinutes(5);

    private static final long LOOK_EVERY_MS = 1_000;
    private static final long IDLE_S = 10;
    private static final int RADIX = 36;

    private final MemoryBudget memory;
    private final FollowerLimit followers;
    private final Function<EventSink, Runnable> registry;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final LineTexts lines = new LineTexts();
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean delivering = new AtomicBoolean();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final LongAdder resets = new LongAdder();
    private final LongAdder cuts = new LongAdder();
    private volatile @Nullable Begun begun;
    private @Nullable Runnable unregister; // guarded by this, as is what follows
    private long emptySince;
    private volatile boolean closed;

    /**
     * Creates an instance without readers, which gets no events.
     *
     * @param followers the limit of readers
     * @param registry registers the sink of events for those who publish them; returns what takes it back
     */
    public EventStreams(
            MemoryBudget memory, FollowerLimit followers, Function<EventSink, Runnable> registry, InstantSource clock) {
        this(memory, followers, registry, clock, System::nanoTime);
    }

    /** Creates an instance with elapsed time that a test controls. */
    EventStreams(
            MemoryBudget memory,
            FollowerLimit followers,
            Function<EventSink, Runnable> registry,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.memory = memory;
        this.followers = followers;
        this.registry = registry;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** The parts that are made with the first reader: most servers start without one. */
    private record Begun(EventLog log, ScheduledThreadPoolExecutor thread) {

        static Begun of(String life, Runnable woken) {
            var thread = new ScheduledThreadPoolExecutor(1, work -> {
                Thread delivers = new Thread(null, work, "pawl-http-events", 0, false);
                delivers.setDaemon(true);
                return delivers;
            });
            thread.setKeepAliveTime(IDLE_S, TimeUnit.SECONDS);
            thread.allowCoreThreadTimeOut(true);
            thread.setRemoveOnCancelPolicy(true);
            thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
            return new Begun(new EventLog(life, woken), thread);
        }
    }

    private Begun begun() {
        Begun known = begun;
        if (known == null) {
            synchronized (this) {
                known = begun;
                if (known == null) {
                    known = Begun.of(Long.toString(clock.millis(), RADIX), this::wake);
                    begun = known;
                }
            }
        }
        return known;
    }

    /**
     * Lets one more client in, when there is room. Nothing is sent to it before the stream begins: its headers are not complete yet.
     *
     * @param stream makes its stream, once events come in
     * @return begins the stream; must be called
     * @throws ProblemException when too many clients read already, or the server stops
     */
    Runnable open(Supplier<? extends EventStream> stream) {
        if (closed) {
            throw new ProblemException(ProblemCode.SHUTTING_DOWN, "The server is stopping.");
        }
        if (!followers.enter()) {
            throw new ProblemException(
                    ProblemCode.OVERLOADED, "At most " + followers.most() + " clients can read events at once.");
        }
        EventStream entered;
        try {
            follow();
            entered = stream.get();
        } catch (RuntimeException | Error e) {
            followers.leave();
            if (open.isEmpty()) {
                leaveLater();
            }
            throw e;
        }
        return () -> begin(entered);
    }

    private void begin(EventStream stream) {
        open.add(stream);
        try {
            stream.begin();
        } catch (RuntimeException | Error e) { // the request is answered by the problem
            remove(stream);
            throw e;
        }
        if (closed) {
            stream.end(EndReason.SERVER_STOPPING);
        } else if (looking.compareAndSet(false, true)) {
            lookLater();
        }
    }

    private synchronized void follow() {
        emptySince = nanoTime(); // whoever is about to leave sees that a reader is coming
        if (unregister == null) {
            begun().log().interrupt(); // whatever happened since the last reader has not come in
            unregister = registry.apply(begun().log());
        }
    }

    void remove(EventStream stream) {
        if (open.remove(stream)) {
            followers.leave();
            if (open.isEmpty()) {
                lines.clear();
                leaveLater();
            }
        }
    }

    private synchronized void leaveLater() {
        emptySince = nanoTime();
        try {
            var unused = begun().thread().schedule(this::leave, KEPT_ON.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            leave(); // the server stops
        }
    }

    /** Takes the sink back when nobody has read for long. */
    synchronized void leave() {
        boolean isOver = closed || (open.isEmpty() && nanoTime() - emptySince >= KEPT_ON.toNanos());
        Runnable registered = unregister;
        if (isOver && registered != null) {
            unregister = null;
            registered.run();
            begun().log().interrupt(); // gives the memory back
        }
    }

    private void wake() {
        if (!open.isEmpty() && delivering.compareAndSet(false, true)) {
            try {
                begun().thread().execute(this::deliver);
            } catch (RejectedExecutionException e) {
                delivering.set(false); // the server stops
            }
        }
    }

    private void deliver() {
        delivering.set(false); // before the first reader looks, so that a later event wakes all of them again
        open.forEach(EventStream::iterate);
    }

    private void lookLater() {
        try {
            var unused = begun().thread().schedule(this::look, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            looking.set(false); // the server stops
        }
    }

    /** Looks after all readers, as long as there are any. */
    private void look() {
        try {
            open.forEach(EventStream::look);
        } finally {
            looking.set(false);
            if (!open.isEmpty() && looking.compareAndSet(false, true)) {
                lookLater();
            }
        }
    }

    EventLog log() {
        return begun().log();
    }

    LineTexts lineTexts() {
        return lines;
    }

    Share share() {
        return memory.share();
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    /** The event that shows where a job stands to someone who begins to follow it. */
    JobEvent present(JobView job) {
        return JobEvent.of(clock.instant(), JobEvent.Change.PRESENT, job.job(), job.reason());
    }

    /** The event of the end of a job. */
    JobEvent ended(Job job) {
        return JobEvent.of(clock.instant(), JobEvent.Change.ENDED, job, null);
    }

    /** Counts a reader that had to begin anew. */
    void wasReset() {
        resets.increment();
    }

    /** Counts a reader that was disconnected because it read nothing. */
    void cut() {
        cuts.increment();
    }

    /** The number of clients that read events. */
    public int readers() {
        return open.size();
    }

    /** The number of events that have come in. */
    public long published() {
        Begun known = begun;
        return known == null ? 0 : known.log().added();
    }

    /** The number of times that a reader had to begin anew. */
    public long resets() {
        return resets.sum();
    }

    /** The number of readers that were disconnected because they read nothing. */
    public long cuts() {
        return cuts.sum();
    }

    /** Ends all streams; their clients connect again when the server is back. */
    @Override
    public void close() {
        closed = true;
        open.forEach(stream -> stream.end(EndReason.SERVER_STOPPING));
        Begun known = begun;
        if (known != null) {
            known.thread().shutdown();
            leave();
        }
    }
}
