package dev.pawl.store.sqlite.audit;

import dev.pawl.service.audit.AuditRecord;
import dev.pawl.store.sqlite.audit.ChunkDecoder.Written;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A row of the audit log. Its body must not be changed. */
final class Chunk {

    private static final String COLUMNS = "SELECT first, entries, latest, hash, body FROM audit_chunks ";
    private static final String LAST = COLUMNS + "ORDER BY first DESC LIMIT 1";
    private static final String BEFORE = COLUMNS + "WHERE first < ? ORDER BY first DESC LIMIT ?";
    private static final String WITH = COLUMNS + "WHERE first <= ? ORDER BY first DESC LIMIT 1";
    private static final String HASH_BEFORE =
            "SELECT hash FROM audit_chunks WHERE first < ? ORDER BY first DESC LIMIT 1";
    private static final String FROM = COLUMNS + "WHERE first >= ? ORDER BY first LIMIT ?";
    private static final String KEEP = """
            INSERT INTO audit_chunks (first, entries, latest, hash, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT (first) DO UPDATE SET \
            entries = excluded.entries, latest = excluded.latest, hash = excluded.hash, body = excluded.body\
            """;

    private final long first;
    private final int entries;
    private final long latest;
    private final String hash;
    private final byte[] body;

    /**
     * Creates a row.
     *
     * @param first the number of its first entry
     * @param entries how many there are
     * @param latest the greatest time of its entries, in milliseconds since 1970
     * @param hash the hash of its last entry
     * @param body the entries
     */
    Chunk(long first, int entries, long latest, String hash, byte[] body) {
        this.first = first;
        this.entries = entries;
        this.latest = latest;
        this.hash = hash;
        this.body = body;
    }

    static Optional<Chunk> last(Session session) throws SQLException {
        return session.first(LAST, Chunk::read);
    }

    /** The last chunks that begin before a number, the last one first. */
    static List<Chunk> before(Session session, long number, int limit) throws SQLException {
        return session.list(BEFORE, Chunk::read, number, limit);
    }

    /** The hash of the entry before the first of this chunk. */
    String hashBefore(Session session) throws SQLException {
        Optional<String> before =
                session.first(HASH_BEFORE, row -> HexFormat.of().formatHex(row.getBytes(1)), first);
        return before.isPresent() ? before.get() : Anchor.of(session).hash();
    }

    /** The chunk that holds a number, or would if it were longer. */
    static Optional<Chunk> with(Session session, long number) throws SQLException {
        return session.first(WITH, Chunk::read, number);
    }

    /** The first chunks that begin at a number or after it. */
    static List<Chunk> from(Session session, long number, int limit) throws SQLException {
        return session.list(FROM, Chunk::read, number, limit);
    }

    long first() {
        return first;
    }

    /** Whether all its entries are older than a time, which may be any: most times have no number of milliseconds. */
    boolean isBefore(Instant time) {
        return Instant.ofEpochMilli(latest).isBefore(time.truncatedTo(ChronoUnit.MILLIS));
    }

    int entries() {
        return entries;
    }

    String hash() {
        return hash;
    }

    byte[] body() {
        return body;
    }

    /** The number after its last entry. */
    long end() {
        return first + entries;
    }

    /** Whether another row holds the same. */
    boolean isSame(Chunk other) {
        return first == other.first
                && entries == other.entries
                && latest == other.latest
                && hash.equals(other.hash)
                && Arrays.equals(body, other.body);
    }

    void keep(Session session) throws SQLException {
        session.update(KEEP, first, entries, latest, HexFormat.of().parseHex(hash), body);
    }

    /** Its entries with their hashes, computed anew from that of the entry before. */
    List<AuditRecord> records(String previous) {
        List<AuditRecord> records = new ArrayList<>(entries);
        String before = previous;
        long number = first;
        for (Written written : ChunkDecoder.entries(body)) {
            AuditRecord next = AuditRecord.after(before, number, written.entry());
            records.add(next);
            before = next.hash();
            number++;
        }
        return records;
    }

    private static Chunk read(ResultSet row) throws SQLException {
        return new Chunk(
                row.getLong(1),
                row.getInt(2),
                row.getLong(3),
                HexFormat.of().formatHex(row.getBytes(4)),
                row.getBytes(5));
    }
}
