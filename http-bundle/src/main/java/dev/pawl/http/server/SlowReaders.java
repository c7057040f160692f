package dev.pawl.http.server;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/** The answers that are being sent. A client that takes nothing for {@link #PATIENCE} is let go, since its answer holds memory. */
public final class SlowReaders {

    /** How long a client may take for a piece of its answer. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final long LOOK_EVERY_MS = 1_000;

    private final Set<AnswerWrite> open = ConcurrentHashMap.newKeySet();
    private final LongSupplier nanoTime;

    public SlowReaders() {
        this(System::nanoTime);
    }

    /** With a clock that a test sets. */
    SlowReaders(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Looks for them from now on, until the scheduler stops. */
    public void watch(Scheduler scheduler) {
        scheduler.schedule(
                () -> {
                    try {
                        letGo();
                    } finally {
                        watch(scheduler);
                    }
                },
                LOOK_EVERY_MS,
                TimeUnit.MILLISECONDS);
    }

    /** Sends an answer. */
    public void send(Request request, Response response, List<ByteBuffer> pieces, Callback done) {
        var write = new AnswerWrite(request, response, pieces, this, done);
        open.add(write);
        write.iterate();
    }

    /** Lets those go that take nothing. */
    void letGo() {
        long now = nanoTime();
        for (AnswerWrite write : open) {
            if (now - write.progressAt() > PATIENCE.toNanos()) {
                write.giveUp();
            }
        }
    }

    void remove(AnswerWrite write) {
        open.remove(write);
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }
}
