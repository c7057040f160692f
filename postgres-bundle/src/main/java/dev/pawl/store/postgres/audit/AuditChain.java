package dev.pawl.store.postgres.audit;

import dev.pawl.service.audit.AuditEntry;
import dev.pawl.service.audit.AuditOutcome;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.store.kit.audit.Anchor;
import dev.pawl.store.kit.audit.AuditRemoval;
import dev.pawl.store.kit.audit.OpenChunk;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.SqlCall;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entries that a transaction appends to the audit log. A change adds its entry when nothing of it can be refused any more. The end of the
 * log belongs to all servers: it is read under a lock that is taken last, so that nothing else is waited for while it is held. Used by the
 * writer's thread alone.
 */
public final class AuditChain {

    private final List<AuditEntry> adding = new ArrayList<>();

    /** Appends an entry when the transaction ends. */
    public void add(AuditEntry entry) {
        adding.add(entry);
    }

    /** Appends the entry of a change, if it was made and gets one; whether it was made. */
    public boolean audited(boolean made, @Nullable AuditedChange change) {
        if (made && change != null && change.hasEntry()) {
            add(change.entry(AuditOutcome.DONE, ""));
        }
        return made;
    }

    /**
     * The same.
     *
     * @param target the id or name of what was changed
     */
    public boolean audited(boolean made, @Nullable AuditedChange change, String target) {
        if (made && change != null && change.hasEntry()) {
            add(change.done(target));
        }
        return made;
    }

    /** The number of entries that wait for the end of the transaction. */
    public int waiting() {
        return adding.size();
    }

    /** Removes old entries; returns their number. */
    public long remove(Session session, AuditRemoval removal) throws SQLException {
        ChunkRows rows = new ChunkRows(session);
        Anchor before = rows.lockedAnchor();
        Anchor last = removal.last(rows, before);
        if (last.number() > before.number()) {
            rows.removeUpTo(last);
            add(removal.entry(before, last));
        }
        return last.number() - before.number();
    }

    /**
     * Writes the entries of a transaction that is about to be committed, if there are any.
     *
     * @param calls what else is still to be written; what is left after this locks and awaits nothing
     */
    public void ending(Session session, List<SqlCall> calls) throws SQLException {
        if (adding.isEmpty()) {
            return;
        }
        Anchor end = new ChunkRows(session).lockedEnd(calls);
        calls.clear();
        OpenChunk chunk = new OpenChunk(end.number() + 1, end.hash());
        for (AuditEntry entry : adding) {
            if (chunk.isFull()) {
                session.all(List.of(ChunkRows.adding(chunk.row())));
                chunk = chunk.next();
            }
            chunk.add(entry);
        }
        calls.add(ChunkRows.adding(chunk.row()));
    }

    /** The transaction has ended, one way or the other. */
    public void ended() {
        adding.clear();
    }
}
