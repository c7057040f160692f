package dev.pawl.store.sqlite.audit;

import dev.pawl.service.audit.AuditEntry;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** Removes the oldest chunks of the audit log, and keeps the hash from which the rest goes on. */
public final class AuditRemoval implements Session.Reading<Long> {

    /** So many chunks that the writer is not held up for long. */
    private static final int MOST_CHUNKS = 500;

    private static final String REMOVE = "DELETE FROM audit_chunks WHERE first < ?";

    private final Predicate<Chunk> old;
    private final AuditEntry removal;
    private final AuditChain chain;

    private AuditRemoval(Predicate<Chunk> old, AuditEntry removal, AuditChain chain) {
        this.old = old;
        this.removal = removal;
        this.chain = chain;
    }

    /** The removal of chunks whose entries are all older than a time, except the last chunk. */
    public static AuditRemoval before(Instant time, AuditEntry removal, AuditChain chain) {
        return new AuditRemoval(chunk -> chunk.isBefore(time), removal, chain);
    }

    /** The removal of chunks that begin before a number, except the last chunk. */
    public static AuditRemoval before(long number, AuditEntry removal, AuditChain chain) {
        return new AuditRemoval(chunk -> chunk.first() < number, removal, chain);
    }

    @Override
    public Long read(Session session) throws SQLException {
        Anchor before = Anchor.of(session);
        Anchor anchor = before;
        List<Chunk> oldest = Chunk.from(session, Long.MIN_VALUE, MOST_CHUNKS);
        for (Chunk chunk : oldest.subList(0, Math.max(0, oldest.size() - 1))) {
            if (!old.test(chunk)) {
                break;
            }
            anchor = new Anchor(chunk.end() - 1, chunk.hash());
        }
        long removed = anchor.number() - before.number();
        if (removed > 0) {
            anchor.keep(session);
            session.update(REMOVE, anchor.number() + 1);
            chain.add(described(before, anchor));
        }
        return removed;
    }

    private AuditEntry described(Anchor before, Anchor now) {
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
