package dev.pawl.http.server;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * The answers that are being sent. A client that reads nothing for {@link #PIECE_TIMEOUT} is disconnected, since its answer holds memory.
 */
public final class SlowReaders {

    /** The longest time in which a client must read a piece of its answer. */
    static final Duration PIECE_TIMEOUT = Duration.ofSeconds(10);

    private static final long CHECK_EVERY_MS = 1_000;

    private final Set<AnswerWrite> open = ConcurrentHashMap.newKeySet();
    private final LongSupplier nanoTime;

    public SlowReaders() {
        this(System::nanoTime);
    }

    /** Creates an instance with a clock that a test controls. */
    SlowReaders(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The memory that the sending of a file takes. */
    public static final int FILE_MEMORY = FileWrite.PIECE;

    /** Checks for slow readers regularly, until the scheduler stops. */
    public void watch(Scheduler scheduler) {
        scheduler.schedule(
                () -> {
                    try {
                        disconnectSlow();
                    } finally {
                        watch(scheduler);
                    }
                },
                CHECK_EVERY_MS,
                TimeUnit.MILLISECONDS);
    }

    /** Sends an answer. */
    public void send(Request request, Response response, List<ByteBuffer> pieces, Callback done) {
        send(new MemoryWrite(request, response, pieces, this, done));
    }

    /**
     * Sends a part of a file.
     *
     * @param threads the threads that read it, piece by piece
     */
    public void send(
            Request request,
            Response response,
            FileChannel file,
            long from,
            long length,
            Executor threads,
            Callback done) {
        send(new FileWrite(request, response, file, from, length, threads, this, done));
    }

    private void send(AnswerWrite write) {
        open.add(write);
        write.iterate();
    }

    /** Disconnects clients that read nothing. */
    void disconnectSlow() {
        long now = nanoTime();
        for (AnswerWrite write : open) {
            if (now - write.progressAt() > PIECE_TIMEOUT.toNanos()) {
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
