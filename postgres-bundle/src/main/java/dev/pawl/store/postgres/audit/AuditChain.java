package dev.pawl.store.postgres.audit;

import dev.pawl.service.audit.AuditEntry;
import dev.pawl.service.audit.AuditOutcome;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.store.kit.audit.Anchor;
import dev.pawl.store.kit.audit.AuditRemoval;
import dev.pawl.store.kit.audit.Chunk;
import dev.pawl.store.kit.audit.OpenChunk;
import dev.pawl.store.postgres.engine.PostgresErrors;
import dev.pawl.store.postgres.engine.Session;
import dev.pawl.store.postgres.engine.SqlCall;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entries that a transaction appends to the audit log. A change adds its entry when nothing of it can be refused any more. The end of the
 * log belongs to all servers: it is read under a lock that is taken last, so that nothing else is waited for while it is held. While nobody else
 * appends, the end is where this process has left it, and need not be read: the row is refused should it be elsewhere, and the transaction made
 * again. Used by the writer's thread alone.
 */
public final class AuditChain {

    /** The number of ends found where this process had left them, in succession, after which the next one is not read. */
    private static final int TRUSTED = 8;

    private final List<AuditEntry> adding = new ArrayList<>();
    private @Nullable Anchor left; // the end, as the last transaction that appended has left it
    private @Nullable Anchor leaving; // as this one leaves it
    private int foundAsLeft;
    private boolean isTrusting;

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
        Anchor end = left;
        if (end == null || foundAsLeft < TRUSTED) {
            end = new ChunkRows(session).lockedEnd(calls);
            calls.clear();
            foundAsLeft = end.equals(left) ? foundAsLeft + 1 : 0;
        } else {
            isTrusting = true;
            calls.add(ChunkRows.LOCK);
        }
        OpenChunk chunk = new OpenChunk(end.number() + 1, end.hash());
        for (AuditEntry entry : adding) {
            if (chunk.isFull()) {
                calls.add(ChunkRows.adding(chunk.row()));
                session.all(calls);
                calls.clear();
                chunk = chunk.next();
            }
            chunk.add(entry);
        }
        Chunk last = chunk.row();
        calls.add(ChunkRows.adding(last));
        leaving = new Anchor(last.end() - 1, last.hash());
    }

    /** Translates a fault of the transaction: the end is elsewhere when a row was refused for it. */
    public SQLException told(SQLException fault) {
        return isTrusting && ChunkRows.isRefused(fault) ? PostgresErrors.changed("The end of the audit log") : fault;
    }

    /** The transaction is on disk. */
    public void committed() {
        if (leaving != null) {
            left = leaving;
        }
        over();
    }

    /** Nothing of the transaction is on disk. The end is read next, from a database that may be another. */
    public void undone() {
        left = null;
        foundAsLeft = 0;
        over();
    }

    private void over() {
        adding.clear();
        leaving = null;
        isTrusting = false;
    }
}
