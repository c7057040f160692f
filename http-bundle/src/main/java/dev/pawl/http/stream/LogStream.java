package dev.pawl.http.stream;

import dev.pawl.api.job.LogEntry;
import dev.pawl.api.job.LogSubscriber;
import dev.pawl.api.job.Scheduler;
import dev.pawl.api.job.Subscription;
import dev.pawl.api.problem.ProblemCode;
import dev.pawl.api.problem.ProblemException;
import dev.pawl.http.json.Json;
import dev.pawl.http.json.LogJson;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client that follows one job's log. The scheduler's thread of the subscription waits here while {@value #MOST_UNSENT} lines
 * are on their way, so a slow client holds up that thread and nothing else, and memory stays bounded.
 */
public final class LogStream implements Session.Listener.AutoDemanding, LogSubscriber {

    private static final Logger LOG = LoggerFactory.getLogger(LogStream.class);
    private static final int MOST_UNSENT = 64;
    private static final Duration SILENCE = Duration.ofSeconds(3L * LogStreams.PING_S);
    private static final int LARGEST_MESSAGE = 4 << 10;

    private static final int NORMAL = 1000;
    private static final int GOING_AWAY = 1001;
    private static final int SERVER_ERROR = 1011;
    private static final int TRY_LATER = 1013;
    private static final int OWN_CODES = 4000;
    private static final int NOT_FOUND = OWN_CODES + 4;

    private static final String PING = "{\"type\":\"ping\"}";

    private final LogStreams streams;
    private final Scheduler scheduler;
    private final String job;
    private final @Nullable Long after;
    private final Semaphore unsent = new Semaphore(MOST_UNSENT);
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable Session session;
    private volatile @Nullable Subscription subscription;
    private volatile long heardAt;

    LogStream(LogStreams streams, Scheduler scheduler, String job, @Nullable Long after) {
        this.streams = streams;
        this.scheduler = scheduler;
        this.job = job;
        this.after = after;
        this.heardAt = streams.nanoTime();
    }

    @Override
    public void onWebSocketOpen(Session opened) {
        session = opened;
        opened.setIdleTimeout(SILENCE);
        opened.setMaxTextMessageSize(LARGEST_MESSAGE);
        if (!streams.add(this)) {
            close(TRY_LATER, "More than " + LogStreams.MOST + " logs are being followed.");
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
        if (closed.get()) { // it ended while the subscription was on its way here
            unsubscribe();
        }
    }

    @Override
    public void next(LogEntry entry) {
        Session open = session;
        if (open == null || !mayWrite() || closed.get()) {
            throw new IllegalStateException("The client takes no more lines.");
        }
        open.sendText(Json.text(json -> LogJson.entry(json, entry)), Callback.from(unsent::release, this::lost));
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
    public void onWebSocketClose(int code, String reason) {
        finish();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        LOG.debug("A client that followed the log of job {} is gone", job, cause);
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

    void goAway() {
        close(GOING_AWAY, "The server stops.");
    }

    private boolean mayWrite() {
        try {
            return unsent.tryAcquire(SILENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private int endCode() {
        try {
            return scheduler.job(job).job().state().status().isFinal() ? NORMAL : GOING_AWAY;
        } catch (ProblemException e) {
            return e.code() == ProblemCode.UNKNOWN_JOB ? NOT_FOUND : GOING_AWAY; // it was removed
        } catch (RuntimeException e) { // the scheduler is on its way out
            LOG.debug("Whether job {} has ended is not known", job, e);
            return GOING_AWAY;
        }
    }

    private void close(int code, @Nullable String reason) {
        Session open = session;
        finish();
        if (open != null) {
            String full = reason == null ? "" : reason;
            // what was sent before goes out first; a reason has at most 123 bytes
            open.close(code, full.substring(0, Math.min(full.length(), 100)), Callback.NOOP);
        }
    }

    private void lost(Throwable cause) {
        LOG.debug("A client that followed the log of job {} is gone", job, cause);
        unsent.release();
        finish();
    }

    private void finish() {
        if (closed.compareAndSet(false, true)) {
            streams.remove(this);
            unsent.release(MOST_UNSENT); // lets a waiting delivery go, which then finds it closed
        }
        unsubscribe();
    }

    private void unsubscribe() {
        Subscription running = subscription;
        if (running != null) {
            running.close();
        }
    }
}
