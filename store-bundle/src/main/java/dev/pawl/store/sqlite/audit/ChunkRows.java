package dev.pawl.store.sqlite.audit;

import dev.pawl.store.kit.audit.Anchor;
import dev.pawl.store.kit.audit.AuditRows;
import dev.pawl.store.kit.audit.Chunk;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The rows of the audit log, as a session sees them. */
public record ChunkRows(Session session) implements AuditRows {

    private static final String COLUMNS = "SELECT first, entries, latest, hash, body FROM audit_chunks ";
    private static final String LAST = COLUMNS + "ORDER BY first DESC LIMIT 1";
    private static final String BEFORE = COLUMNS + "WHERE first < ? ORDER BY first DESC LIMIT ?";
    private static final String FROM = COLUMNS + "WHERE first >= ? ORDER BY first LIMIT ?";
    private static final String FIRST_WITHIN = "SELECT first FROM audit_chunks ORDER BY first DESC LIMIT 1 OFFSET ?";
    private static final String KEEP = """
            INSERT INTO audit_chunks (first, entries, latest, hash, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT (first) DO UPDATE SET \
            entries = excluded.entries, latest = excluded.latest, hash = excluded.hash, body = excluded.body\
            """;
    private static final String REMOVE = "DELETE FROM audit_chunks WHERE first < ?";
    private static final String ANCHOR = "SELECT number, hash FROM audit_anchor";
    private static final String KEEP_ANCHOR = "UPDATE audit_anchor SET number = ?, hash = ?";

    @Override
    public Anchor anchor() throws SQLException {
        return session.first(ANCHOR, row -> new Anchor(row.getLong(1), hash(row, 2)))
                .orElseThrow(() -> new IllegalStateException("The audit log has no anchor: somebody removed its row."));
    }

    @Override
    public List<Chunk> before(long number, int limit) throws SQLException {
        return session.list(BEFORE, ChunkRows::read, number, limit);
    }

    @Override
    public List<Chunk> from(long number, int limit) throws SQLException {
        return session.list(FROM, ChunkRows::read, number, limit);
    }

    Optional<Chunk> last() throws SQLException {
        return session.first(LAST, ChunkRows::read);
    }

    /** The number of the first entry that may stay when no more than some chunks are to be kept; 0 when all may. */
    public long firstWithin(long chunks) throws SQLException {
        return session.first(FIRST_WITHIN, row -> row.getLong(1), chunks - 1).orElse(0L);
    }

    void keep(Chunk chunk) throws SQLException {
        session.update(
                KEEP,
                chunk.first(),
                chunk.entries(),
                chunk.latest(),
                HexFormat.of().parseHex(chunk.hash()),
                chunk.body());
    }

    /** Removes all up to an entry, from whose hash the rest goes on. */
    void removeUpTo(Anchor last) throws SQLException {
        session.update(KEEP_ANCHOR, last.number(), HexFormat.of().parseHex(last.hash()));
        session.update(REMOVE, last.number() + 1);
    }

    private static Chunk read(ResultSet row) throws SQLException {
        return new Chunk(row.getLong(1), row.getInt(2), row.getLong(3), hash(row, 4), row.getBytes(5));
    }

    private static String hash(ResultSet row, int column) throws SQLException {
        return HexFormat.of().formatHex(row.getBytes(column));
    }
}
