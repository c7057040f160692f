package dev.pawl.http.stream;

import dev.pawl.http.auth.Credential;
import dev.pawl.service.job.LogEntry;
import dev.pawl.service.job.LogSubscriber;
import dev.pawl.service.job.Scheduler;
import dev.pawl.service.job.Subscription;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client that follows a job's log. While its window is full of unread lines it takes no more, and no thread waits for it. A client that
 * reads nothing for too long ({@link SlowClientLimit}) gets a close frame and is disconnected; it can reconnect and continue after the last
 * line that it has.
 */
public final class LogStream implements Session.Listener.AutoDemanding, LogSubscriber {

    private static final Logger LOG = LoggerFactory.getLogger(LogStream.class);
    private static final Duration SILENCE = Duration.ofSeconds(3L * LogStreams.PING_S);

    private static final int NORMAL = 1000;
    private static final int GOING_AWAY = 1001;
    private static final int SERVER_ERROR = 1011;
    private static final int TRY_LATER = 1013;
    private static final int OWN_CODES = 4000;
    private static final int UNAUTHORIZED = OWN_CODES + 1;
    private static final int NOT_FOUND = OWN_CODES + 4;

    private static final String PING = "{\"type\":\"ping\"}";

    private final LogStreams streams;
    private final Scheduler scheduler;
    private final String job;
    private final @Nullable Long after;
    private final Credential credential;
    private final Window window;
    private final Function<Session, TextSink> sinks;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean wantsMore;
    private volatile boolean tooSlow;
    private volatile @Nullable Session session;
    private volatile @Nullable TextSink sink;
    private volatile @Nullable Subscription subscription;
    private volatile long heardAt;
    private @Nullable ByteBuffer gathered; // used by the thread that delivers lines

    LogStream(
            LogStreams streams,
            Scheduler scheduler,
            String job,
            @Nullable Long after,
            Credential credential,
            Function<Session, TextSink> sinks) {
        this.streams = streams;
        this.scheduler = scheduler;
        this.job = job;
        this.after = after;
        this.credential = credential;
        this.window = new Window(streams);
        this.sinks = sinks;
        this.heardAt = streams.nanoTime();
    }

    @Override
    public void onWebSocketOpen(Session opened) {
        session = opened;
        sink = sinks.apply(opened);
        opened.setIdleTimeout(SILENCE);
        if (!streams.add(this)) {
            close(TRY_LATER, "At most " + streams.most() + " clients can follow at once.");
            return;
        }
        try {
            subscription = scheduler.subscribe(job, after == null ? LogStreams.last(scheduler, job) : after, this);
        } catch (ProblemException e) {
            int status = e.code().status();
            close(status < 500 ? OWN_CODES + status % 100 : SERVER_ERROR, e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("The log of job {} cannot be followed", job, e);
            close(SERVER_ERROR, "The log cannot be followed.");
        }
        if (closed.get()) { // the client disconnected while the subscription was being created
            unsubscribe();
        }
    }

    /** Messages of clients are ignored; they are received only so that the size limit applies. */
    @Override
    public void onWebSocketText(String message) {
        heardAt = streams.nanoTime();
    }

    @Override
    public boolean isReady() {
        wantsMore = true; // set before the check, so that a send that completes meanwhile sees it
        boolean ready = closed.get() || window.hasRoom(); // without memory, look() tries again
        if (ready) {
            wantsMore = false;
        }
        return ready;
    }

    /** Keeps the line back until the next one or the last of those that follow at once, so that they are written together. */
    @Override
    public void next(LogEntry entry) {
        if (closed.get()) {
            throw new IllegalStateException("The client cannot take more lines.");
        }
        ByteBuffer line = streams.texts().of(job, entry);
        window.begins(line.remaining());
        send(true);
        gathered = line;
    }

    @Override
    public void flush() {
        send(false);
        var unused = window.releases(); // one that has all lines holds no memory while it waits for the next
    }

    private void send(boolean more) {
        TextSink open = sink;
        ByteBuffer line = gathered;
        if (line != null && open != null) {
            gathered = null;
            open.send(line, more, new Sent(line.remaining(), !more));
        }
    }

    /** Told when a line is written, or cannot be. */
    private final class Sent implements org.eclipse.jetty.util.Callback {
        private final int length;
        private final boolean isLast; // of those that follow at once

        Sent(int length, boolean isLast) {
            this.length = length;
            this.isLast = isLast;
        }

        @Override
        public void succeeded() {
            boolean isHalfFree = window.isHalfFreeAfter(length);
            if (isLast) {
                var unused = window.releases();
            }
            if (isHalfFree && wantsMore) {
                resume();
            }
        }

        @Override
        public void failed(Throwable cause) {
            lost(cause);
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }
    }

    private void resume() {
        Subscription running = subscription;
        if (running != null) {
            running.resume();
        }
    }

    @Override
    public void ended() {
        close(endCode(), "");
    }

    @Override
    public void onWebSocketPong(ByteBuffer payload) {
        heardAt = streams.nanoTime();
    }

    @Override
    public void onWebSocketClose(int code, String reason, Callback callback) {
        finish();
        release();
        callback.succeed();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        LOG.debug("A client that followed the log of job {} has disconnected", job, cause);
        finish();
    }

    void ping() {
        Session open = session;
        if (open == null) {
            return;
        }
        try {
            if (streams.nanoTime() - heardAt > SILENCE.toNanos()) {
                finish();
                open.disconnect();
                return;
            }
            open.sendText(PING, Callback.NOOP);
            open.sendPing(ByteBuffer.allocate(0), Callback.NOOP);
        } catch (RuntimeException e) { // one client must not end the pings of the others
            LOG.debug("A client that follows the log of job {} cannot be pinged", job, e);
            finish();
        }
    }

    /** Ends with the client's token, disconnects the client when it reads nothing, and requests lines that had to wait for memory. */
    void look() {
        Session open = session;
        if (open == null) {
            return;
        }
        if (!credential.isInForce()) {
            close(UNAUTHORIZED, "The token has expired or was revoked.");
            return;
        }
        long waits = window.waits();
        SlowClientLimit limit = streams.slowClientLimit();
        if (tooSlow && waits > limit.total().toNanos()) {
            streams.remove(this);
            open.disconnect();
        } else if (!tooSlow && waits > limit.untilCloseFrame().toNanos()) {
            tooSlow = true;
            close(TRY_LATER, "Too slow: reconnect and continue after your last line.");
        } else if (waits == 0 && !window.releases() && wantsMore) {
            resume();
        }
    }

    void goAway() {
        close(GOING_AWAY, "The server is stopping.");
    }

    private int endCode() {
        try {
            return scheduler.job(job).job().state().status().isFinal() ? NORMAL : GOING_AWAY;
        } catch (ProblemException e) {
            return e.code() == ProblemCode.UNKNOWN_JOB ? NOT_FOUND : GOING_AWAY; // it was removed
        } catch (RuntimeException e) { // the scheduler is stopping
            LOG.debug("It is unknown whether job {} has ended", job, e);
            return GOING_AWAY;
        }
    }

    private void close(int code, @Nullable String reason) {
        Session open = session;
        finish();
        if (open != null) {
            String full = reason == null ? "" : reason;
            // earlier messages are sent first; a reason has at most 123 bytes
            open.close(code, full.substring(0, Math.min(full.length(), 100)), Callback.NOOP);
        }
    }

    private void lost(Throwable cause) {
        LOG.debug("A client that followed the log of job {} has disconnected", job, cause);
        finish();
        release();
    }

    private void finish() {
        if (closed.compareAndSet(false, true) && !tooSlow) {
            streams.remove(this);
        }
        unsubscribe();
    }

    /** Releases its memory, once nothing more can be sent. */
    private void release() {
        streams.remove(this);
        window.close();
    }

    private void unsubscribe() {
        Subscription running = subscription;
        if (running != null) {
            running.close();
        }
    }
}
