package dev.pawl.http.event;

import dev.pawl.http.answer.EventJson;
import dev.pawl.http.answer.EventJson.End;
import dev.pawl.http.answer.EventJson.EndReason;
import dev.pawl.http.answer.EventJson.ResetReason;
import dev.pawl.http.auth.Credential;
import dev.pawl.http.memory.Share;
import dev.pawl.service.event.Event;
import dev.pawl.service.event.JobEvent;
import dev.pawl.service.job.Job;
import dev.pawl.service.job.JobStatus;
import dev.pawl.service.job.JobView;
import dev.pawl.service.job.LogEntry;
import dev.pawl.service.job.LogSubscriber;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.job.Subscription;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client that reads the events of one job with the lines of its log. It sees first where the job stands, and lastly how it has ended. Lines
 * come from the log itself, none is missing whatever becomes of the events.
 */
final class JobEventStream extends EventStream implements LogSubscriber {

    private static final Logger LOG = LoggerFactory.getLogger(JobEventStream.class);

    /** The events that are looked at with one look at the log of events. */
    private static final int AT_ONCE = 200;

    /** The bytes of lines from which on the client gets no more before it has taken some. */
    private static final int WINDOW = 32 << 10;

    /** The memory that is reserved for them. */
    private static final int MEMORY = 64 << 10;

    private final EventStreams streams;
    private final EventLog log;
    private final Scheduler scheduler;
    private final UUID job;
    private final Share share;
    private final @Nullable ResetReason reset;
    private final JobSight sight;
    private final Queue<Line> lines = new ArrayDeque<>(); // guarded by itself, as is what follows
    private int waiting;
    private boolean reserved;
    private boolean wantsMore;
    private @Nullable End end;
    private @Nullable JobEvent lastEvent;
    private volatile long position;
    private volatile long line;
    private volatile @Nullable Subscription subscription;

    private record Line(long sequence, ByteBuffer json) {}

    /**
     * Creates a stream, and reads where the job stands.
     *
     * @param id the job
     * @param after the position from which the client goes on; empty when it begins
     * @param afterLine the number of the line after which it begins then
     * @throws ProblemException when there is no such job
     */
    JobEventStream(
            EventStreams streams,
            EventLog log,
            Scheduler scheduler,
            Credential credential,
            Outlet outlet,
            String id,
            Optional<String> after,
            long afterLine) {
        super(streams, credential, outlet);
        this.streams = streams;
        this.log = log;
        this.scheduler = scheduler;
        this.share = streams.share();
        Optional<StreamPosition> read = after.flatMap(StreamPosition::parse);
        Optional<StreamPosition> known =
                read.filter(place -> place.life().equals(log.life()) && log.continuesAt(place.sequence()));
        this.reset = after.isEmpty() || known.isPresent() ? null : reason(read, log);
        this.position = known.map(StreamPosition::sequence).orElseGet(log::last);
        this.line = read.map(StreamPosition::line).orElse(afterLine);
        JobView present =
                scheduler.job(id); // after the position: what changes in between is told twice rather than not
        this.job = present.job().id();
        this.sight = known.isPresent() ? JobSight.ofAll() : JobSight.from(streams.present(present));
    }

    private static ResetReason reason(Optional<StreamPosition> read, EventLog log) {
        return read.filter(place -> place.life().equals(log.life())).isPresent()
                ? ResetReason.FELL_BEHIND
                : ResetReason.ANOTHER_LIFE;
    }

    @Override
    void begin() {
        Subscription begun = scheduler.subscribe(job.toString(), line, this);
        subscription = begun;
        super.begin();
        if (isFinished()) {
            begun.close();
        }
    }

    @Override
    void greet(Batch batch) {
        batch.add(StreamText.beginning(id()));
        if (reset != null) {
            streams.wasReset();
            batch.add(StreamText.event("reset", EventJson.RESET, reset, id()));
        }
        JobEvent present = sight.present();
        if (present != null) {
            batch.add(StreamText.jobEvent(present, id()));
        }
    }

    @Override
    @Nullable
    End fill(Batch batch) {
        End last = end(); // asked before the events: those that made it are among them
        takeEvents(batch);
        takeLines(batch);
        if (last == null || batch.isFull() || hasLines()) {
            return null;
        }
        JobEvent ended = lastEvent();
        if (ended != null && !sight.hasEnded()) { // its event is still on its way
            batch.add(StreamText.jobEvent(ended, id()));
        }
        return last;
    }

    private void takeEvents(Batch batch) {
        while (!batch.isFull()) {
            Optional<List<KeptEvent>> next = log.after(position, AT_ONCE);
            if (next.isEmpty()) {
                position = log.last();
                streams.wasReset();
                batch.add(StreamText.event("reset", EventJson.RESET, ResetReason.FELL_BEHIND, id()));
                continue;
            }
            if (next.get().isEmpty()) {
                return;
            }
            for (KeptEvent kept : next.get()) {
                if (batch.isFull()) {
                    return;
                }
                position = kept.sequence();
                if (isOfJob(kept.event()) && sight.sees((JobEvent) kept.event())) {
                    batch.add(kept.withoutId());
                    batch.add(StreamText.end(id()));
                }
            }
        }
    }

    private boolean isOfJob(Event event) {
        return event instanceof JobEvent of && of.job().id().equals(job);
    }

    private void takeLines(Batch batch) {
        boolean resumes = false;
        synchronized (lines) {
            while (!batch.isFull() && !lines.isEmpty()) {
                Line next = lines.remove();
                waiting -= next.json().remaining();
                line = next.sequence();
                batch.add(StreamText.lineBeginning());
                batch.add(next.json());
                batch.add(StreamText.lineEnd(id()));
            }
            if (wantsMore && waiting < WINDOW / 2) {
                wantsMore = false;
                resumes = true;
            }
            if (lines.isEmpty() && reserved) {
                reserved = false;
                share.shrink(MEMORY);
            }
        }
        if (resumes) {
            resume();
        }
    }

    private boolean hasLines() {
        synchronized (lines) {
            return !lines.isEmpty();
        }
    }

    private @Nullable End end() {
        synchronized (lines) {
            return end;
        }
    }

    private @Nullable JobEvent lastEvent() {
        synchronized (lines) {
            return lastEvent;
        }
    }

    @Override
    void looked() {
        boolean resumes;
        synchronized (lines) {
            resumes = wantsMore && lines.isEmpty(); // there was no memory for more
        }
        if (resumes) {
            resume();
        }
    }

    private void resume() {
        Subscription running = subscription;
        if (running != null) {
            running.resume();
        }
    }

    @Override
    public boolean isReady() {
        synchronized (lines) {
            if (!reserved) {
                reserved = share.tryGrow(MEMORY);
            }
            wantsMore = !isFinished() && (!reserved || waiting >= WINDOW);
            return !wantsMore;
        }
    }

    @Override
    public void next(LogEntry entry) {
        if (isFinished()) {
            throw new IllegalStateException("The client cannot take more lines.");
        }
        ByteBuffer json = streams.lineTexts().of(job.toString(), entry);
        synchronized (lines) {
            lines.add(new Line(entry.sequence(), json));
            waiting += json.remaining();
        }
    }

    @Override
    public void flush() {
        iterate();
    }

    @Override
    public void ended() {
        JobEvent event = null;
        End why;
        try {
            Job over = scheduler.job(job.toString()).job();
            JobStatus status = over.state().status();
            if (status.isFinal()) {
                event = streams.ended(over);
                why = new End(EndReason.JOB_ENDED, status);
            } else {
                why = new End(EndReason.SERVER_STOPPING, null); // the scheduler is
            }
        } catch (ProblemException e) {
            why = new End(
                    e.code() == ProblemCode.UNKNOWN_JOB ? EndReason.JOB_REMOVED : EndReason.SERVER_STOPPING, null);
        } catch (RuntimeException e) { // the scheduler is stopping
            LOG.debug("It is unknown whether job {} has ended", job, e);
            why = new End(EndReason.SERVER_STOPPING, null);
        }
        synchronized (lines) {
            lastEvent = event;
            end = why;
        }
        iterate();
    }

    @Override
    String id() {
        return log.id(position) + "." + line;
    }

    @Override
    String lastId(End why) {
        return switch (why.reason()) {
            case JOB_ENDED, JOB_REMOVED -> id() + "x";
            case TOKEN_ENDED, SERVER_STOPPING -> id();
        };
    }

    @Override
    void closed() {
        Subscription running = subscription;
        if (running != null) {
            running.close();
        }
        share.close();
    }
}
