package dev.pawl.http.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;

/**
 * Looks whether the client of a request that has no answer yet is still there. Nothing is read from a connection of HTTP/1 while its request
 * is being answered, so a client that hangs up would not be noticed. A client that closed its sending half counts as gone. The request must
 * have come whole. Safe for use by several threads.
 */
public final class ClientPresence {

    private final Request request;
    private boolean looks;

    public ClientPresence(Request request) {
        this.request = request;
        this.looks = request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1;
    }

    /** Whether the client has hung up; never so after {@link #stop}. */
    public synchronized boolean isGone() {
        if (!looks) {
            return false;
        }
        Connection connection = request.getConnectionMetaData().getConnection();
        EndPoint wire = connection.getEndPoint();
        try {
            ByteBuffer first = BufferUtil.allocate(1);
            int read = wire.isOpen() ? wire.fill(first) : -1;
            if (read > 0) { // the beginning of its next request: give it back, and read no more
                looks = false;
                ((Connection.UpgradeTo) connection).onUpgradeTo(first);
            }
            return read < 0;
        } catch (IOException broken) {
            return true;
        }
    }

    /** Looks no more; called before the answer is sent, after which the connection is read by its owner again. */
    public synchronized void stop() {
        looks = false;
    }
}
