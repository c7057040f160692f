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
    private ByteBuffer last;
    private long size;

    public SharedOutput(Share share) {
        this(share, FIRST);
    }

    /**
     * A buffer for a known number of bytes, which takes no more memory than those.
     *
     * @param expected the number of bytes, though there may be more; negative when it is not known
     */
    public SharedOutput(Share share, long expected) {
        this.share = share;
        this.last = ByteBuffer.allocate(expected < 0 ? FIRST : (int) Math.min(expected, FIRST));
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
        List<ByteBuffer> filled = new ArrayList<>(pieces.size());
        pieces.forEach(piece -> filled.add(piece.duplicate().flip()));
        return filled;
    }

    /** All bytes as one array, to which nothing may be appended afterwards. */
    public byte[] toByteArray() {
        if (pieces.size() == 1 && last.capacity() == size) {
            return last.array();
        }
        ByteBuffer all = ByteBuffer.allocate((int) size);
        pieces().forEach(all::put);
        return all.array();
    }
}
