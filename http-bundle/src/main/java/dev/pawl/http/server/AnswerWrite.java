package dev.pawl.http.server;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;

/** Sends an answer to a client piece by piece; no thread waits for the client. */
final class AnswerWrite extends IteratingCallback {

    private final EndPoint connection;
    private final Response response;
    private final Iterator<ByteBuffer> pieces;
    private final SlowReaders readers;
    private final Callback done;
    private boolean ended;
    private volatile long progressAt;

    AnswerWrite(Request request, Response response, List<ByteBuffer> pieces, SlowReaders readers, Callback done) {
        this.connection = request.getConnectionMetaData().getConnection().getEndPoint();
        this.response = response;
        this.pieces = pieces.iterator();
        this.readers = readers;
        this.done = done;
        this.progressAt = readers.nanoTime();
    }

    @Override
    protected Action process() {
        progressAt = readers.nanoTime();
        if (ended) {
            return Action.SUCCEEDED;
        }
        ByteBuffer piece = pieces.hasNext() ? pieces.next() : BufferUtil.EMPTY_BUFFER;
        ended = !pieces.hasNext();
        response.write(ended, piece, this);
        return Action.SCHEDULED;
    }

    /** The time at which the client last took a piece. */
    long progressAt() {
        return progressAt;
    }

    /** Disconnects a client that reads nothing. */
    void giveUp() {
        connection.close();
    }

    @Override
    protected void onCompleteSuccess() {
        readers.remove(this);
        done.succeeded();
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        readers.remove(this);
        done.failed(cause);
    }
}
