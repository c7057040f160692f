package dev.pawl.http.server;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Passes requests on to a handler that comes after the server has been started. Near the end each answer is the last one of its connection,
 * so that few requests are on their way when the connections are cut.
 */
final class Gate extends Handler.Abstract {

    private volatile Request.@Nullable Handler inside;
    private volatile boolean ending;

    void lead(Request.Handler handler) {
        inside = handler;
    }

    void end() {
        ending = true;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Request.Handler handler = inside;
        if (ending) {
            response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        }
        return handler != null && handler.handle(request, response, callback);
    }
}
