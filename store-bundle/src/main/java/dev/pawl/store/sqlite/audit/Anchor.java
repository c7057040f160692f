package dev.pawl.store.sqlite.audit;

import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.util.HexFormat;

/**
 * The entry before the first one that is kept.
 *
 * @param number its number; 0 when none was removed
 * @param hash its hash
 */
record Anchor(long number, String hash) {

    private static final String READ = "SELECT number, hash FROM audit_anchor";
    private static final String KEEP = "UPDATE audit_anchor SET number = ?, hash = ?";

    static Anchor of(Session session) throws SQLException {
        return session.first(
                        READ, row -> new Anchor(row.getLong(1), HexFormat.of().formatHex(row.getBytes(2))))
                .orElseThrow(() -> new IllegalStateException("The audit log has no anchor: somebody removed its row."));
    }

    void keep(Session session) throws SQLException {
        session.update(KEEP, number, HexFormat.of().parseHex(hash));
    }
}
