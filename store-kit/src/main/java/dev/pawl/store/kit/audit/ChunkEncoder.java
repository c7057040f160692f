package dev.pawl.store.kit.audit;

import dev.pawl.service.audit.AuditEntry;
import dev.pawl.service.audit.AuditOutcome;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes entries into the body of a chunk, each in few bytes. Whatever an entry has in common with an earlier one of its chunk is referred
 * to: who did what is a number after the first time, a time is the distance from the one before, and of a job's id only the part that
 * differs is written. The first bytes of each entry's hash tell later which entry was changed. {@link ChunkDecoder} reads it.
 */
final class ChunkEncoder {

    /** The first byte of a body. */
    static final int FORMAT = 2;

    /** The outcomes, in the order of their numbers in a body; another one is added at the end. */
    static final List<AuditOutcome> OUTCOMES =
            List.of(AuditOutcome.BEGUN, AuditOutcome.DONE, AuditOutcome.REFUSED, AuditOutcome.FAILED);

    /** The kinds of targets, and the part of each that follows. */
    static final int NO_TARGET = 0;

    static final int TEXT = 1;
    static final int WHOLE_ID = 2;
    static final int FIRST_HALF_OF_ID = 3;
    static final int MIDDLE_OF_ID = 4;

    /** The bits of an id that neighbours share when only its middle follows. */
    static final int BLOCK_SHIFT = 48;

    /** The bytes of an entry's hash that are kept with it. */
    static final int CHECK_BYTES = 2;

    private static final int CHECK_DIGITS = 2 * CHECK_BYTES; // in hexadecimal
    private static final int ID_LENGTH = 36;
    private static final int SEVEN_BITS = 0x7F;
    private static final int MORE = 0x80;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(4_096);
    private final Map<Actor, Integer> actors = new HashMap<>();
    private final Map<Kind, Integer> kinds = new HashMap<>();
    private final Map<Combination, Integer> combinations = new HashMap<>();
    private long at;
    private UUID id = new UUID(0, 0);
    private String text = "";
    private String requestId = "";

    /** Who, and from where. */
    record Actor(String who, String role, String remote, String door) {}

    /** An action and how it ended. */
    record Kind(String action, int outcome, String detail) {}

    /** Both, which often come together. */
    record Combination(Actor actor, Kind kind) {}

    ChunkEncoder() {
        out.write(FORMAT);
    }

    /** The length of the body so far. */
    int size() {
        return out.size();
    }

    /** The body so far. */
    byte[] bytes() {
        return out.toByteArray();
    }

    /** The beginning of a hash that is kept with its entry. */
    static int check(String hash) {
        return Integer.parseInt(hash.substring(0, CHECK_DIGITS), 16);
    }

    /** Adds an entry, with its hash. */
    void add(AuditEntry entry, String hash) {
        var actor = new Actor(entry.who(), entry.role(), entry.remote(), entry.door());
        var kind = new Kind(entry.action(), OUTCOMES.indexOf(entry.outcome()), entry.detail());
        if (!isKnown(combinations, new Combination(actor, kind))) {
            actor(actor);
            kind(kind);
        }
        long millis = entry.at().toEpochMilli();
        number(((millis - at) << 1) ^ ((millis - at) >> 63)); // the sign goes last, so that small distances are short
        at = millis;
        target(entry.target());
        requestId = shared(requestId, entry.requestId());
        fixed(check(hash), CHECK_BYTES);
    }

    private void actor(Actor actor) {
        if (isKnown(actors, actor)) {
            return;
        }
        string(actor.who());
        string(actor.role());
        string(actor.remote());
        string(actor.door());
    }

    private void kind(Kind kind) {
        if (isKnown(kinds, kind)) {
            return;
        }
        string(kind.action());
        number(kind.outcome());
        string(kind.detail());
    }

    /** Writes the number of a known value, or 0, after which the value follows. */
    private <T> boolean isKnown(Map<T, Integer> known, T value) {
        Integer number = known.putIfAbsent(value, known.size() + 1);
        number(number == null ? 0 : number);
        return number != null;
    }

    private void target(String target) {
        UUID job = asId(target);
        if (job == null) {
            number(target.isEmpty() ? NO_TARGET : TEXT);
            text = target.isEmpty() ? text : shared(text, target);
            return;
        }
        if (job.getLeastSignificantBits() != id.getLeastSignificantBits()) {
            number(WHOLE_ID);
            fixed(job.getMostSignificantBits(), Long.BYTES);
            fixed(job.getLeastSignificantBits(), Long.BYTES);
        } else if (job.getMostSignificantBits() >>> BLOCK_SHIFT != id.getMostSignificantBits() >>> BLOCK_SHIFT) {
            number(FIRST_HALF_OF_ID);
            fixed(job.getMostSignificantBits(), Long.BYTES);
        } else {
            number(MIDDLE_OF_ID);
            fixed(job.getMostSignificantBits(), BLOCK_SHIFT / Byte.SIZE);
        }
        id = job;
    }

    /** The id that a text is; null when it is another text, or an id in another spelling. */
    private static @Nullable UUID asId(String target) {
        if (target.length() != ID_LENGTH || target.charAt(8) != '-' || target.charAt(23) != '-') {
            return null;
        }
        try {
            UUID parsed = UUID.fromString(target);
            return parsed.toString().equals(target) ? parsed : null;
        } catch (IllegalArgumentException other) {
            return null;
        }
    }

    /**
     * Writes how many characters a text shares with the one before, and the others. Their length is left out when they take the place of as
     * many, as those of a count do.
     */
    private String shared(String before, String now) {
        int most = Math.min(before.length(), now.length());
        int same = 0;
        while (same < most && before.charAt(same) == now.charAt(same)) {
            same++;
        }
        if (same > 0 && Character.isHighSurrogate(now.charAt(same - 1))) {
            same--; // half a character cannot be encoded
        }
        byte[] others = now.substring(same).getBytes(StandardCharsets.UTF_8);
        boolean asLong = others.length == before.length() - same;
        number(2L * same + (asLong ? 0 : 1));
        if (!asLong) {
            number(others.length);
        }
        out.writeBytes(others);
        return now;
    }

    private void string(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        out.writeBytes(utf8);
    }

    private void fixed(long value, int bytes) {
        for (int shift = (bytes - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            out.write((int) (value >>> shift));
        }
    }

    private void number(long value) {
        long rest = value;
        while ((rest & ~SEVEN_BITS) != 0) {
            out.write((int) ((rest & SEVEN_BITS) | MORE));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
