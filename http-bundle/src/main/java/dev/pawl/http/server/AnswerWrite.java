package dev.pawl.http.server;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;

/** Sends an answer to a client piece by piece; no thread waits for the client. */
abstract class AnswerWrite extends IteratingCallback {

    private final Request request;
    private final Response response;
    private final SlowReaders readers;
    private final Callback done;
    private volatile boolean ended;
    private volatile long progressAt;

    AnswerWrite(Request request, Response response, SlowReaders readers, Callback done) {
        this.request = request;
        this.response = response;
        this.readers = readers;
        this.done = done;
        this.progressAt = readers.nanoTime();
    }

    /** Gets the next piece and writes it, on this thread or another one. */
    abstract void writeNext();

    /** Writes a piece. */
    final void write(boolean last, ByteBuffer piece) {
        ended = last;
        response.write(last, piece, this);
    }

    @Override
    protected final Action process() {
        progressAt = readers.nanoTime();
        if (ended) {
            return Action.SUCCEEDED;
        }
        writeNext();
        return Action.SCHEDULED;
    }

    /** The time at which the client last took a piece. */
    long progressAt() {
        return progressAt;
    }

    /** Disconnects a client that reads nothing; over HTTP/2 only this answer ends, since its connection carries others. */
    void giveUp() {
        ConnectionMetaData connection = request.getConnectionMetaData();
        if (connection.getHttpVersion() == HttpVersion.HTTP_2) {
            failed(new TimeoutException(
                    "The client read nothing for " + SlowReaders.PIECE_TIMEOUT.toSeconds() + " s."));
        } else {
            connection.getConnection().getEndPoint().close();
        }
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
