package dev.pawl.store.kit.audit;

import dev.pawl.service.audit.AuditEntry;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** Decides which of the oldest chunks of the audit log go. The hash of their last entry is kept, from which the rest goes on. */
public final class AuditRemoval {

    /** So many chunks that the writer is not held up for long. */
    private static final int MOST_CHUNKS = 500;

    private final Predicate<Chunk> old;
    private final AuditEntry removal;

    private AuditRemoval(Predicate<Chunk> old, AuditEntry removal) {
        this.old = old;
        this.removal = removal;
    }

    /**
     * The removal of chunks whose entries are all older than a time, except the last chunk.
     *
     * @param removal the entry for it, without target and detail
     */
    public static AuditRemoval before(Instant time, AuditEntry removal) {
        return new AuditRemoval(chunk -> chunk.isBefore(time), removal);
    }

    /** The removal of chunks that begin before a number, except the last chunk. */
    public static AuditRemoval before(long number, AuditEntry removal) {
        return new AuditRemoval(chunk -> chunk.first() < number, removal);
    }

    /**
     * The last entry that goes, with all before it.
     *
     * @return {@code anchor} when none does
     */
    public Anchor last(AuditRows rows, Anchor anchor) throws SQLException {
        Anchor last = anchor;
        List<Chunk> oldest = rows.from(Long.MIN_VALUE, MOST_CHUNKS);
        for (Chunk chunk : oldest.subList(0, Math.max(0, oldest.size() - 1))) {
            if (!old.test(chunk)) {
                break;
            }
            last = new Anchor(chunk.end() - 1, chunk.hash());
        }
        return last;
    }

    /** The entry for it. */
    public AuditEntry entry(Anchor before, Anchor now) {
        return new AuditEntry(
                removal.at(),
                removal.who(),
                removal.role(),
                removal.remote(),
                removal.door(),
                removal.action(),
                (before.number() + 1) + "-" + now.number(),
                removal.outcome(),
                removal.requestId(),
                "The hash of the last one is " + now.hash() + ".");
    }
}
