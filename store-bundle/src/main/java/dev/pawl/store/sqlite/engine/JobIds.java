package dev.pawl.store.sqlite.engine;

import java.nio.ByteBuffer;
import java.util.UUID;

/** Converts job ids to the form of the column: 16 bytes, which sort like the text. */
public final class JobIds {

    private static final int BYTES = 16;

    private JobIds() {}

    /** The bytes of an id. */
    public static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /** The id that the bytes stand for. */
    public static UUID uuid(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
