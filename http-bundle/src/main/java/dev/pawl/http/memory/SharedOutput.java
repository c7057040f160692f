package dev.pawl.http.memory;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A buffer that keeps bytes in pieces until they are sent or read. Bytes beyond the first piece are reserved from the client's share, so
 * that small answers are always possible.
 */
public final class SharedOutput extends OutputStream {

    private static final int FIRST = 1 << 10;
    private static final int PIECE = 32 << 10;

    private final Share share;
    private final List<ByteBuffer> pieces = new ArrayList<>(2);
    private ByteBuffer last = ByteBuffer.allocate(FIRST);
    private long size;

    public SharedOutput(Share share) {
        this.share = share;
        pieces.add(last);
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        write(ByteBuffer.wrap(bytes, from, length));
    }

    /** Appends a copy of all remaining bytes. */
    public void write(ByteBuffer bytes) {
        size += bytes.remaining();
        while (bytes.hasRemaining()) {
            if (!last.hasRemaining()) {
                if (pieces.size() > 1) {
                    share.grow(PIECE);
                }
                last = ByteBuffer.allocate(PIECE);
                pieces.add(last);
            }
            int length = Math.min(bytes.remaining(), last.remaining());
            last.put(last.position(), bytes, bytes.position(), length);
            last.position(last.position() + length);
            bytes.position(bytes.position() + length);
        }
    }

    public long size() {
        return size;
    }

    /** A stream of all bytes, from the beginning. */
    public List<ByteBuffer> pieces() {
        return pieces.stream().map(piece -> piece.duplicate().flip()).toList();
    }

    /** All bytes as one array. */
    public byte[] toByteArray() {
        ByteBuffer all = ByteBuffer.allocate((int) size);
        pieces().forEach(all::put);
        return all.array();
    }
}
