package dev.pawl.http.event;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Texts that are written to a client at once. */
final class Batch {

    /** The bytes from which on no more is added. */
    static final int FULL = 16 << 10;

    private final List<ByteBuffer> texts = new ArrayList<>();
    private int size;

    /** Adds a text, whose bytes do not change any more. */
    void add(ByteBuffer text) {
        texts.add(text);
        size += text.remaining();
    }

    boolean isEmpty() {
        return texts.isEmpty();
    }

    boolean isFull() {
        return size >= FULL;
    }

    /** The bytes of the copy that {@link #joined} makes; 0 when it makes none. */
    int copied() {
        return texts.size() == 1 ? 0 : size;
    }

    /** All texts as one; a copy, unless there is only one. */
    ByteBuffer joined() {
        if (texts.size() == 1) {
            return texts.get(0);
        }
        ByteBuffer all = ByteBuffer.allocate(size);
        texts.forEach(all::put);
        return all.flip();
    }
}
