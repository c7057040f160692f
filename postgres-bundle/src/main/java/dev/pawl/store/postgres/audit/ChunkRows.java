package dev.pawl.store.postgres.audit;

import dev.pawl.service.audit.AuditRecord;
import dev.pawl.store.kit.audit.Anchor;
import dev.pawl.store.kit.audit.AuditRows;
import dev.pawl.store.kit.audit.Chunk;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.SqlCall;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;

/** The rows of the audit log, as a session sees them. */
public record ChunkRows(Session session) implements AuditRows {

    private static final String COLUMNS = "SELECT first, entries, latest, hash, body FROM audit_chunks ";
    private static final String BEFORE = COLUMNS + "WHERE first < ? ORDER BY first DESC LIMIT ?";
    private static final String FROM = COLUMNS + "WHERE first >= ? ORDER BY first LIMIT ?";
    private static final String ANCHOR = "SELECT number, hash FROM audit_anchor";

    /** Waits for whoever removes entries at this moment. */
    private static final String LOCK_ANCHOR = "SELECT pg_advisory_xact_lock('audit_anchor'::regclass::oid::int4, 0)";

    private static final String KEEP_ANCHOR = "INSERT INTO audit_anchor (one, number, hash) VALUES (1, ?, ?) "
            + "ON CONFLICT (one) DO UPDATE SET number = excluded.number, hash = excluded.hash";
    private static final String REMOVE = "DELETE FROM audit_chunks WHERE first < ?";
    private static final String SPACE = "SELECT pg_table_size('audit_chunks')";

    /** A row takes about so many bytes beside its body. */
    private static final int AROUND_A_BODY = 100;

    private static final String FIRST_WITHIN = "SELECT min(first) FROM (SELECT first, "
            + "sum(octet_length(body) + " + AROUND_A_BODY
            + ") OVER (ORDER BY first DESC) AS bytes FROM audit_chunks) c "
            + "WHERE bytes <= ?";

    /** Waits for whoever adds entries at this moment; the key is the table, of which each schema has its own. */
    static final SqlCall LOCK = new SqlCall("SELECT pg_advisory_xact_lock('audit_chunks'::regclass::oid::int4, 0)");

    /** The last entry that there is, or was before it was removed. */
    private static final SqlCall END = new SqlCall("SELECT number, hash FROM ("
            + "(SELECT first + entries - 1 AS number, hash FROM audit_chunks ORDER BY first DESC LIMIT 1) "
            + "UNION ALL SELECT number, hash FROM audit_anchor UNION ALL SELECT 0, decode('"
            + AuditRecord.FIRST_PREVIOUS + "', 'hex')) e ORDER BY number DESC LIMIT 1");

    /** Refuses a row that does not follow the last entry. */
    private static final String ADD = "INSERT INTO audit_chunks (first, entries, latest, hash, body) SELECT CASE WHEN "
            + "EXISTS (SELECT FROM audit_chunks WHERE first >= ?) OR EXISTS (SELECT FROM audit_anchor WHERE number >= ?) "
            + "THEN NULL ELSE ?::bigint END, ?, ?, ?, ?";

    private static final String MISSING = "23502";

    @Override
    public Anchor anchor() throws SQLException {
        return session.first(ANCHOR, ChunkRows::entry).orElse(new Anchor(0, AuditRecord.FIRST_PREVIOUS));
    }

    /** The anchor, which nobody else moves from then on until the transaction has ended. */
    Anchor lockedAnchor() throws SQLException {
        session.list(LOCK_ANCHOR, row -> true);
        return anchor();
    }

    @Override
    public List<Chunk> before(long number, int limit) throws SQLException {
        return session.list(BEFORE, ChunkRows::read, number, limit);
    }

    @Override
    public List<Chunk> from(long number, int limit) throws SQLException {
        return session.list(FROM, ChunkRows::read, number, limit);
    }

    /** The number of the first entry that may stay when no more than some bytes are to be kept; 0 when all may. */
    public long firstWithin(long bytes) throws SQLException {
        return session.number(SPACE) <= bytes ? 0 : session.number(FIRST_WITHIN, bytes);
    }

    /** Removes all up to an entry, from whose hash the rest goes on. */
    void removeUpTo(Anchor last) throws SQLException {
        session.update(KEEP_ANCHOR, last.number(), HexFormat.of().parseHex(last.hash()));
        session.update(REMOVE, last.number() + 1);
    }

    /** Sends statements, then takes the lock of the end, which is held until the transaction has ended, and reads it. */
    Anchor lockedEnd(List<SqlCall> calls) throws SQLException {
        calls.add(LOCK);
        calls.add(END);
        return session.last(calls, ChunkRows::entry);
    }

    /** Whether a fault is that of a row that {@link #adding} refuses. */
    static boolean isRefused(SQLException fault) {
        return MISSING.equals(fault.getSQLState());
    }

    /** Appends a chunk, which is refused unless it follows the last entry. */
    static SqlCall adding(Chunk chunk) {
        return new SqlCall(
                ADD,
                chunk.first(),
                chunk.first(),
                chunk.first(),
                chunk.entries(),
                chunk.latest(),
                HexFormat.of().parseHex(chunk.hash()),
                chunk.body());
    }

    private static Anchor entry(ResultSet row) throws SQLException {
        return new Anchor(row.getLong(1), hash(row, 2));
    }

    private static Chunk read(ResultSet row) throws SQLException {
        return new Chunk(row.getLong(1), row.getInt(2), row.getLong(3), hash(row, 4), row.getBytes(5));
    }

    private static String hash(ResultSet row, int column) throws SQLException {
        return HexFormat.of().formatHex(row.getBytes(column));
    }
}
