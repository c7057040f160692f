package dev.pawl.store.kit.audit;

import java.sql.SQLException;
import java.util.List;

/** The rows of an audit log, as they are at one moment. */
public interface AuditRows {

    /** The entry before the first one that is kept. */
    Anchor anchor() throws SQLException;

    /** The last chunks that begin before a number, the last one first. */
    List<Chunk> before(long number, int limit) throws SQLException;

    /** The first chunks that begin at a number or after it. */
    List<Chunk> from(long number, int limit) throws SQLException;

    /** The hash of the entry before a chunk that begins with a number. */
    default String hashBefore(long first) throws SQLException {
        List<Chunk> before = before(first, 1);
        return before.isEmpty() ? anchor().hash() : before.get(0).hash();
    }
}
