package dev.pawl.http.tls;

import dev.pawl.http.server.Listener;
import dev.pawl.http.server.UnreadBody;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** A listener with TLS that answers each request with what it knows of it, except those for /held; of those for /refused it does not want the body. */
final class EncryptedServer implements AutoCloseable {

    private final Listener listener;
    private final URI url;

    EncryptedServer(Tls tls) throws IOException {
        listener = new Listener(new ErrorHandler(), 4, 100, Optional.of(tls), Optional.empty());
        listener.start();
        listener.open("127.0.0.1", 0, EncryptedServer::answer, request -> listener.workers());
        url = listener.url("127.0.0.1");
    }

    private static boolean answer(Request request, Response response, Callback callback) {
        if ("/held".equals(request.getHttpURI().getPath())) {
            return true; // until its client has gone
        }
        if ("/refused".equals(request.getHttpURI().getPath())) {
            Runnable rest = () -> UnreadBody.drop(request, callback::succeeded);
            response.write(true, BufferUtil.EMPTY_BUFFER, Callback.from(rest, callback::failed));
            return true;
        }
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain");
        String text = request.getConnectionMetaData().getHttpVersion() + " " + (request.isSecure() ? "secure" : "open")
                + " " + request.getHeaders().get(HttpHeader.HOST) + " " + request.getHttpURI();
        Content.Sink.write(response, true, text, callback);
        return true;
    }

    URI url() {
        return url;
    }

    int port() {
        return url.getPort();
    }

    @Override
    public void close() {
        listener.stop();
    }
}
