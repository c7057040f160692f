package dev.pawl.http.route;

import dev.pawl.service.problem.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * The reception of a request's body. Bytes that have arrived are taken at once; no thread waits for the rest, so that clients that stop
 * half-way do not hold up others.
 */
public final class BodyArrival implements Runnable {

    /** A consumer of the body, piece by piece. */
    @FunctionalInterface
    public interface Sink {
        /** Takes all remaining bytes of a piece. */
        void take(ByteBuffer piece) throws IOException;
    }

    private final Request request;
    private final BodyLimit limit;
    private final Sink sink;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private long size;

    private BodyArrival(Request request, BodyLimit limit, Sink sink) {
        this.request = request;
        this.limit = limit;
        this.sink = sink;
    }

    /**
     * Completes when the whole body has arrived, possibly at once, or with a {@link ProblemException} when it is too large or too slow.
     */
    public static CompletableFuture<Void> of(Request request, BodyLimit limit, Sink sink) {
        var arrival = new BodyArrival(request, limit, sink);
        arrival.begin();
        return arrival.end;
    }

    private void begin() {
        try {
            limit.checkSize(request.getLength());
        } catch (ProblemException tooLarge) {
            end.completeExceptionally(tooLarge);
            return;
        }
        run();
        if (!end.isDone()) {
            var timer = request.getComponents()
                    .getScheduler()
                    .schedule(
                            () -> end.completeExceptionally(limit.tooSlow()),
                            limit.slowest().toMillis(),
                            TimeUnit.MILLISECONDS);
            var unused = end.whenComplete((done, failure) -> timer.cancel());
        }
    }

    /** Takes the bytes that have arrived. Called by one thread at a time. */
    @Override
    public void run() {
        try {
            while (!end.isDone()) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    request.demand(this);
                    return;
                }
                take(chunk);
            }
        } catch (IOException | RuntimeException | Error failed) {
            end.completeExceptionally(failed);
        }
    }

    private Throwable told(Throwable failure) {
        if (failure instanceof TimeoutException || failure.getCause() instanceof TimeoutException) {
            return limit.tooSlow();
        }
        return failure instanceof HttpException ? failure : new BodyBrokenException(failure);
    }

    private void take(Content.Chunk chunk) throws IOException {
        if (Content.Chunk.isFailure(chunk)) {
            Throwable failure = chunk.getFailure();
            end.completeExceptionally(told(failure));
            return;
        }
        try {
            size += chunk.remaining();
            limit.checkSize(size);
            sink.take(chunk.getByteBuffer());
        } finally {
            chunk.release();
        }
        if (chunk.isLast()) {
            end.complete(null);
        }
    }
}
