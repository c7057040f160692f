package dev.pawl.http.server;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** Sends an answer that is in memory. */
final class MemoryWrite extends AnswerWrite {

    private final Iterator<ByteBuffer> pieces;

    MemoryWrite(Request request, Response response, List<ByteBuffer> pieces, SlowReaders readers, Callback done) {
        super(request, response, readers, done);
        this.pieces = pieces.iterator();
    }

    @Override
    void writeNext() {
        ByteBuffer piece = pieces.hasNext() ? pieces.next() : BufferUtil.EMPTY_BUFFER;
        write(!pieces.hasNext(), piece);
    }
}
