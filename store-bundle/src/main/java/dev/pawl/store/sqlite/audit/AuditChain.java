package dev.pawl.store.sqlite.audit;

import dev.pawl.service.audit.AuditEntry;
import dev.pawl.store.kit.audit.Anchor;
import dev.pawl.store.kit.audit.AuditRemoval;
import dev.pawl.store.kit.audit.Chunk;
import dev.pawl.store.kit.audit.OpenChunk;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The end of the audit log, to which the writer appends the entries of each transaction, on its thread. A change adds its entry last, when
 * nothing of it can be refused any more, so that both are in the same transaction or neither is. The rows remain the truth: what is known
 * here is read anew after a transaction that was undone, or one of another connection.
 */
public final class AuditChain {

    private static final String DATA_VERSION = "PRAGMA data_version"; // changes with commits of other connections alone

    private final List<AuditEntry> adding = new ArrayList<>();
    private @Nullable OpenChunk open;
    private long dataVersion;

    /** Appends an entry when the transaction ends. */
    public void add(AuditEntry entry) {
        adding.add(entry);
    }

    /** The number of entries that wait for the end of the transaction. */
    public int waiting() {
        return adding.size();
    }

    /** Removes old entries; returns their number. */
    public long remove(Session session, AuditRemoval removal) throws SQLException {
        ChunkRows rows = new ChunkRows(session);
        Anchor before = rows.anchor();
        Anchor last = removal.last(rows, before);
        if (last.number() > before.number()) {
            rows.removeUpTo(last);
            add(removal.entry(before, last));
        }
        return last.number() - before.number();
    }

    /** Writes the entries of a transaction that is about to be committed. */
    public void ending(Session session) throws SQLException {
        if (adding.isEmpty()) {
            return;
        }
        ChunkRows rows = new ChunkRows(session);
        OpenChunk chunk = current(rows);
        for (AuditEntry entry : adding) {
            if (chunk.isFull()) {
                rows.keep(chunk.row());
                chunk = chunk.next();
            }
            chunk.add(entry);
        }
        rows.keep(chunk.row());
        open = chunk;
    }

    /** The transaction is on disk. */
    public void committed() {
        adding.clear();
    }

    /** The transaction has changed nothing. */
    public void undone() {
        adding.clear();
        open = null;
    }

    private OpenChunk current(ChunkRows rows) throws SQLException {
        long version = rows.session().number(DATA_VERSION);
        OpenChunk known = version == dataVersion ? open : null;
        dataVersion = version;
        return known == null ? read(rows) : known;
    }

    private static OpenChunk read(ChunkRows rows) throws SQLException {
        Optional<Chunk> last = rows.last();
        if (last.isEmpty()) {
            Anchor anchor = rows.anchor();
            return new OpenChunk(anchor.number() + 1, anchor.hash());
        }
        return OpenChunk.of(last.get(), rows.hashBefore(last.get().first()));
    }
}
