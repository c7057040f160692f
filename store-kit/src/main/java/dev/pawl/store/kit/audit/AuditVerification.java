package dev.pawl.store.kit.audit;

import dev.pawl.service.audit.AuditEntry;
import dev.pawl.service.audit.AuditRecord;
import dev.pawl.service.audit.AuditReport;
import dev.pawl.store.kit.audit.ChunkDecoder.Written;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the whole audit log and computes every hash anew. */
public final class AuditVerification {

    private static final int READ_AT_ONCE = 200;

    private final @Nullable String expected;
    private @Nullable Long expectedAt;
    private long entries;
    private String hash = "";
    private long next;

    /** A defect, and the entry from which on it is there. */
    private record Defect(long number, String sentence) {}

    private AuditVerification(@Nullable String expected) {
        this.expected = expected;
    }

    /** Verifies a log. */
    public static AuditReport run(AuditRows rows, @Nullable String expected) throws SQLException {
        return new AuditVerification(expected).of(rows);
    }

    private AuditReport of(AuditRows rows) throws SQLException {
        Anchor anchor = rows.anchor();
        long first = anchor.number() + 1;
        hash = anchor.hash();
        next = first;
        look(anchor.number(), hash);
        for (List<Chunk> chunks = rows.from(Long.MIN_VALUE, READ_AT_ONCE);
                !chunks.isEmpty();
                chunks = rows.from(next, READ_AT_ONCE)) {
            for (Chunk chunk : chunks) {
                Defect defect = defect(chunk);
                if (defect != null) {
                    return new AuditReport(entries, first, hash, expectedAt, defect.number(), defect.sentence());
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

    /** Follows the chain through a chunk, up to the first entry that is not as it was written; returns what is wrong with it. */
    private @Nullable Defect defect(Chunk chunk) {
        if (chunk.first() != next) {
            return new Defect(next, "The entries " + next + " to " + (chunk.first() - 1) + " are missing.");
        }
        List<Written> written;
        boolean readable = true;
        try {
            written = ChunkDecoder.entries(chunk.body());
        } catch (UnreadableChunkException e) {
            written = e.before();
            readable = false;
        }
        for (Written each : written) {
            AuditRecord record = AuditRecord.after(hash, next, each.entry());
            if (ChunkEncoder.check(record.hash()) != each.check()) {
                return new Defect(
                        next,
                        "Entry " + next + ", which says " + said(each.entry())
                                + ", is not the one that was written there: its hash does not fit.");
            }
            take(record);
        }
        if (!readable) {
            return new Defect(next, "Entry " + next + " cannot be read" + following(chunk) + ".");
        }
        if (next < chunk.end()) {
            return new Defect(next, "Entry " + next + " is missing" + following(chunk) + ".");
        }
        return next == chunk.end() && hash.equals(chunk.hash())
                ? null
                : new Defect(
                        next - 1,
                        "Entry " + (next - 1) + " does not have the hash that was kept for the last of its row.");
    }

    private String following(Chunk chunk) {
        return next == chunk.end() - 1 ? "" : ", and so are those up to " + (chunk.end() - 1) + " in its row";
    }

    private static String said(AuditEntry entry) {
        return entry.action() + " " + entry.outcome().wireName() + " by " + entry.who() + " at " + entry.at();
    }

    private void take(AuditRecord record) {
        look(record.number(), record.hash());
        entries++;
        hash = record.hash();
        next = record.number() + 1;
    }

    private void look(long number, String known) {
        if (known.equals(expected)) {
            expectedAt = number;
        }
    }
}
