package dev.pawl.store.kit.audit;

import dev.pawl.service.audit.AuditEntry;
import dev.pawl.store.kit.audit.ChunkEncoder.Actor;
import dev.pawl.store.kit.audit.ChunkEncoder.Combination;
import dev.pawl.store.kit.audit.ChunkEncoder.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads the entries of a chunk's body, as {@link ChunkEncoder} wrote them. A body that somebody changed may be unreadable. */
final class ChunkDecoder {

    private static final int SEVEN_BITS = 0x7F;
    private static final int MORE = 0x80;
    private static final int BYTE = 0xFF;

    private final ByteBuffer in;
    private final List<Written> entries = new ArrayList<>();
    private final List<Combination> combinations = new ArrayList<>();
    private final List<Actor> actors = new ArrayList<>();
    private final List<Kind> kinds = new ArrayList<>();
    private long at;
    private UUID id = new UUID(0, 0);
    private String text = "";
    private String requestId = "";

    /**
     * An entry as it stands in a body.
     *
     * @param check the first bytes of the hash that it had when it was written
     */
    record Written(AuditEntry entry, int check) {}

    private ChunkDecoder(byte[] body) {
        in = ByteBuffer.wrap(body);
    }

    /**
     * All entries of a body.
     *
     * @throws UnreadableChunkException when it is not one; it holds those before the first that cannot be read
     */
    static List<Written> entries(byte[] body) {
        var decoder = new ChunkDecoder(body);
        try {
            decoder.readAll();
        } catch (RuntimeException e) { // whatever the bytes make it do
            throw new UnreadableChunkException(decoder.entries, e);
        }
        return decoder.entries;
    }

    private void readAll() {
        if (in.get() != ChunkEncoder.FORMAT) {
            throw new IllegalStateException("The format is unknown.");
        }
        while (in.hasRemaining()) {
            AuditEntry entry = next();
            entries.add(new Written(entry, check()));
        }
    }

    private AuditEntry next() {
        Combination both = combination();
        Actor actor = both.actor();
        Kind kind = both.kind();
        long distance = number();
        at += (distance >>> 1) ^ -(distance & 1);
        String target = target();
        requestId = shared(requestId);
        return new AuditEntry(
                Instant.ofEpochMilli(at),
                actor.who(),
                actor.role(),
                actor.remote(),
                actor.door(),
                kind.action(),
                target,
                ChunkEncoder.OUTCOMES.get(kind.outcome()),
                requestId,
                kind.detail());
    }

    private int check() {
        int value = 0;
        for (int i = 0; i < ChunkEncoder.CHECK_BYTES; i++) {
            value = (value << Byte.SIZE) | (in.get() & BYTE);
        }
        return value;
    }

    private Combination combination() {
        int known = count();
        if (known == 0) {
            combinations.add(new Combination(actor(), kind()));
            return combinations.get(combinations.size() - 1);
        }
        return combinations.get(known - 1);
    }

    private Actor actor() {
        int known = count();
        if (known == 0) {
            actors.add(new Actor(string(), string(), string(), string()));
            return actors.get(actors.size() - 1);
        }
        return actors.get(known - 1);
    }

    private Kind kind() {
        int known = count();
        if (known == 0) {
            kinds.add(new Kind(string(), count(), string()));
            return kinds.get(kinds.size() - 1);
        }
        return kinds.get(known - 1);
    }

    private String target() {
        int form = count();
        switch (form) {
            case ChunkEncoder.NO_TARGET -> {
                return "";
            }
            case ChunkEncoder.TEXT -> {
                text = shared(text);
                return text;
            }
            case ChunkEncoder.WHOLE_ID -> id = new UUID(in.getLong(), in.getLong());
            case ChunkEncoder.FIRST_HALF_OF_ID -> id = new UUID(in.getLong(), id.getLeastSignificantBits());
            case ChunkEncoder.MIDDLE_OF_ID -> id = new UUID(middle(), id.getLeastSignificantBits());
            default -> throw new IllegalStateException("The target has the form " + form + ".");
        }
        return id.toString();
    }

    private long middle() {
        long value = id.getMostSignificantBits() >>> ChunkEncoder.BLOCK_SHIFT;
        for (int i = 0; i < ChunkEncoder.BLOCK_SHIFT / Byte.SIZE; i++) {
            value = (value << Byte.SIZE) | (in.get() & BYTE);
        }
        return value;
    }

    private String shared(String before) {
        int form = count();
        String beginning = before.substring(0, form >> 1);
        return beginning + ((form & 1) == 0 ? string(before.length() - beginning.length()) : string());
    }

    private String string() {
        return string(count());
    }

    private String string(int length) {
        String value = new String(in.array(), in.position(), length, StandardCharsets.UTF_8);
        in.position(in.position() + length);
        return value;
    }

    private int count() {
        return Math.toIntExact(number());
    }

    private long number() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = in.get();
            value |= (long) (next & SEVEN_BITS) << shift;
            if ((next & MORE) == 0) {
                return value;
            }
        }
        throw new IllegalStateException("A number does not end.");
    }
}
