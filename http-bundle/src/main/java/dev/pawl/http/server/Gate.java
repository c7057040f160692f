package dev.pawl.http.server;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Passes requests on to a handler that is set after the server has been started. The thread that reads from the connections only determines
 * the lane of a request and never does its work: a connection that sends one request after another waits in the lane with each, and health
 * has a lane of its own. When the server is about to stop, each answer is the last one of its connection, so that few requests are in
 * flight when the connections are cut.
 */
final class Gate extends Handler.Abstract.NonBlocking {

    private volatile @Nullable Inside inside;
    private volatile boolean ending;

    private record Inside(Request.Handler handler, Function<Request, Executor> lanes) {}

    void lead(Request.Handler handler, Function<Request, Executor> lanes) {
        inside = new Inside(handler, lanes);
    }

    void end() {
        ending = true;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Inside taker = inside;
        if (ending) {
            response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        }
        if (taker == null) {
            return false;
        }
        try {
            taker.lanes().apply(request).execute(() -> answer(taker.handler(), request, response, callback));
        } catch (RejectedExecutionException stopped) {
            callback.failed(new EofException(stopped)); // cut off, like requests that arrive a moment later
        }
        return true;
    }

    private static void answer(Request.Handler handler, Request request, Response response, Callback callback) {
        try {
            if (!handler.handle(request, response, callback)) {
                throw new IllegalStateException("A request was not handled.");
            }
        } catch (Exception | Error failure) {
            callback.failed(failure);
        }
    }
}
