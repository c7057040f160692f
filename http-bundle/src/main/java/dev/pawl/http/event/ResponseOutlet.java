package dev.pawl.http.event;

import dev.pawl.http.server.ClientPresence;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** The way to the client of a request, by its response. */
final class ResponseOutlet implements Outlet {

    private final Request request;
    private final Response response;
    private final Callback done;
    private final ClientPresence client;

    /** @param done completed at the end of the response */
    ResponseOutlet(Request request, Response response, Callback done) {
        this.request = request;
        this.response = response;
        this.done = done;
        this.client = new ClientPresence(request);
    }

    @Override
    public void write(boolean last, ByteBuffer text, Callback written) {
        if (last) {
            client.stop(); // from now on the connection is read by its owner again
        }
        response.write(last, text, written);
    }

    @Override
    public boolean isGone() {
        return client.isGone();
    }

    @Override
    public boolean disconnect() {
        ConnectionMetaData connection = request.getConnectionMetaData();
        if (connection.getHttpVersion() == HttpVersion.HTTP_2) {
            return false;
        }
        connection.getConnection().getEndPoint().close();
        return true;
    }

    @Override
    public void ended(@Nullable Throwable cause) {
        client.stop();
        if (cause == null) {
            done.succeeded();
        } else {
            done.failed(cause);
        }
    }
}
