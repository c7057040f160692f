package dev.pawl.store.sqlite.audit;

import dev.pawl.service.audit.AuditRecord;
import dev.pawl.service.audit.AuditReport;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the whole audit log and computes every hash anew. */
public final class AuditVerification {

    private static final int READ_AT_ONCE = 50;

    private final @Nullable String expected;
    private @Nullable Long expectedAt;
    private long entries;
    private String hash = "";
    private long next;

    private AuditVerification(@Nullable String expected) {
        this.expected = expected;
    }

    /** Verifies the log as it is at this moment. */
    public static AuditReport run(Session session, @Nullable String expected) throws SQLException {
        return session.atOneMoment(snapshot -> new AuditVerification(expected).of(snapshot));
    }

    private AuditReport of(Session session) throws SQLException {
        Anchor anchor = Anchor.of(session);
        long first = anchor.number() + 1;
        hash = anchor.hash();
        next = first;
        look(anchor.number(), hash);
        for (List<Chunk> chunks = Chunk.from(session, Long.MIN_VALUE, READ_AT_ONCE);
                !chunks.isEmpty();
                chunks = Chunk.from(session, next, READ_AT_ONCE)) {
            for (Chunk chunk : chunks) {
                String defect = defect(chunk);
                if (defect != null) {
                    return new AuditReport(entries, first, hash, expectedAt, next, defect);
                }
            }
        }
        return expected == null || expectedAt != null
                ? new AuditReport(entries, first, hash, expectedAt, null, null)
                : new AuditReport(
                        entries,
                        first,
                        hash,
                        null,
                        next,
                        "No entry has the expected hash: entries at the end are missing, or the whole log was replaced.");
    }

    /** Follows the chain through a chunk; returns what is wrong with it. */
    private @Nullable String defect(Chunk chunk) {
        if (chunk.first() != next) {
            return "The entries " + next + " to " + (chunk.first() - 1) + " are missing.";
        }
        List<AuditRecord> records;
        try {
            records = chunk.records(hash);
        } catch (UnreadableChunkException e) {
            return "The entries " + next + " to " + (chunk.end() - 1) + " cannot be read.";
        }
        AuditRecord last = records.isEmpty() ? null : records.get(records.size() - 1);
        if (last == null || records.size() != chunk.entries() || !last.hash().equals(chunk.hash())) {
            return "One of the entries " + next + " to " + (chunk.end() - 1)
                    + ", or one before them, is not as it was written: their hash does not fit.";
        }
        records.forEach(record -> look(record.number(), record.hash()));
        entries += records.size();
        hash = chunk.hash();
        next = chunk.end();
        return null;
    }

    private void look(long number, String known) {
        if (known.equals(expected)) {
            expectedAt = number;
        }
    }
}
