package dev.pawl.http.server;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.Executor;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Sends a part of a file: one piece is read when the client has taken the one before, so that neither a thread nor more than one piece of
 * memory waits for it. The threads that serve connections read no files.
 */
final class FileWrite extends AnswerWrite {

    static final int PIECE = 64 << 10;

    private final FileChannel file;
    private final Executor threads;
    private final ByteBuffer piece;
    private long at;
    private long left;

    FileWrite(
            Request request,
            Response response,
            FileChannel file,
            long from,
            long length,
            Executor threads,
            SlowReaders readers,
            Callback done) {
        super(request, response, readers, done);
        this.file = file;
        this.threads = threads;
        this.piece = ByteBuffer.allocate((int) Math.min(PIECE, length));
        this.at = from;
        this.left = length;
    }

    @Override
    void writeNext() {
        threads.execute(this::readAndWrite);
    }

    private void readAndWrite() {
        try {
            piece.clear().limit((int) Math.min(piece.capacity(), left));
            while (piece.hasRemaining()) {
                int read = file.read(piece, at);
                if (read < 0) {
                    throw new EOFException("The file became shorter.");
                }
                at += read;
            }
            piece.flip();
            left -= piece.remaining();
            write(left == 0, piece);
        } catch (IOException | RuntimeException | Error e) {
            failed(e);
        }
    }
}
