package dev.pawl.http.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/**
 * Reads and discards the rest of a refused request's body, up to a limit: a client that is still sending when the connection closes would
 * see the reset instead of its answer. No thread waits for the body, and one that has arrived completely takes no time.
 */
public final class UnreadBody implements Runnable {

    private static final long MOST = 16L << 20;
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final Request request;
    private final Runnable then;
    private final AtomicBoolean done = new AtomicBoolean();
    private long read;

    private UnreadBody(Request request, Runnable then) {
        this.request = request;
        this.then = then;
    }

    /**
     * Discards the bytes that have arrived, and returns whether that was the whole body. When it was not, the answer must be the
     * connection's last one: Jetty closes a connection on which a body may still arrive, and a client that is not told would lose its next
     * request.
     */
    public static boolean hasComeWhole(Request request) {
        long left = MOST;
        while (left > 0) {
            Content.Chunk chunk = request.read();
            if (chunk == null || Content.Chunk.isFailure(chunk)) {
                return false;
            }
            left -= chunk.remaining();
            chunk.release();
            if (chunk.isLast()) {
                return true;
            }
        }
        return false;
    }

    /** Discards the body, then runs the next step; called after the answer has been sent. */
    public static void drop(Request request, Runnable then) {
        if (request.getHeaders().contains(HttpHeader.EXPECT)) {
            then.run(); // the body is not sent unless requested
            return;
        }
        var body = new UnreadBody(request, then);
        body.run();
        if (!body.done.get()) {
            request.getComponents()
                    .getScheduler()
                    .schedule(body::stopReading, LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void run() {
        while (!done.get()) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            boolean last = chunk.isLast() || Content.Chunk.isFailure(chunk);
            read += chunk.remaining();
            chunk.release();
            if (last || read > MOST) {
                finish();
            }
        }
    }

    private void stopReading() {
        if (done.get()) {
            return;
        }
        if (request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2) {
            finish(); // the client is told to send no more of it; its connection carries other requests
            return;
        }
        EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
        connection.shutdownOutput();
        connection.close();
    }

    private void finish() {
        if (!done.getAndSet(true)) {
            then.run();
        }
    }
}
