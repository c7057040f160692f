package dev.pawl.http.server;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Passes requests on to a handler that comes after the server has been started. */
final class Gate extends Handler.Abstract {

    private volatile Request.@Nullable Handler inside;

    void lead(Request.Handler handler) {
        inside = handler;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Request.Handler handler = inside;
        return handler != null && handler.handle(request, response, callback);
    }
}
