package dev.pawl.http.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/**
 * The rest of a refused request's body, read and dropped as far as it is not too much: a client that is still sending when the connection
 * closes would see that instead of its answer. No thread waits for it, and a body that has come whole takes no time.
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
     * Drops what has come, and says whether that was all. Where it was not, the answer must be the connection's last one: Jetty keeps no
     * connection on which a body may still come, and a client that was not told would send its next request into the void.
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

    /** Drops it, then goes on; after the answer has gone out. */
    public static void drop(Request request, Runnable then) {
        if (request.getHeaders().contains(HttpHeader.EXPECT)) {
            then.run(); // it sends nothing unless asked to
            return;
        }
        var body = new UnreadBody(request, then);
        body.run();
        if (!body.done.get()) {
            request.getComponents().getScheduler().schedule(body::hangUp, LONGEST.toMillis(), TimeUnit.MILLISECONDS);
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

    private void hangUp() {
        if (!done.get()) {
            EndPoint connection =
                    request.getConnectionMetaData().getConnection().getEndPoint();
            connection.shutdownOutput();
            connection.close();
        }
    }

    private void finish() {
        if (!done.getAndSet(true)) {
            then.run();
        }
    }
}
