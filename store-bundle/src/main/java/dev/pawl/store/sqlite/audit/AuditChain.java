package dev.pawl.store.sqlite.audit;

import dev.pawl.service.audit.AuditEntry;
import dev.pawl.service.audit.AuditRecord;
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

    /** The length of a body from which on the next entry begins another chunk, so that a row fits a page of 4 KiB. */
    private static final int FULL = 3_800;

    private static final String DATA_VERSION = "PRAGMA data_version"; // changes with commits of other connections alone

    private final List<AuditEntry> adding = new ArrayList<>();
    private @Nullable Open open;
    private long dataVersion;

    /** The chunk that grows. */
    private static final class Open {
        final ChunkEncoder body = new ChunkEncoder();
        final long first;
        int entries;
        long latest = Long.MIN_VALUE;
        String hash;

        Open(long first, String previous) {
            this.first = first;
            this.hash = previous;
        }

        void add(AuditEntry entry) {
            hash = AuditRecord.after(hash, first + entries, entry).hash();
            body.add(entry, hash);
            entries++;
            latest = Math.max(latest, entry.at().toEpochMilli());
        }

        Chunk chunk() {
            return new Chunk(first, entries, latest, hash, body.bytes());
        }
    }

    /** Appends an entry when the transaction ends. */
    public void add(AuditEntry entry) {
        adding.add(entry);
    }

    /** The number of entries that wait for the end of the transaction. */
    public int waiting() {
        return adding.size();
    }

    /** Writes the entries of a transaction that is about to be committed. */
    public void ending(Session session) throws SQLException {
        if (adding.isEmpty()) {
            return;
        }
        Open chunk = current(session);
        for (AuditEntry entry : adding) {
            if (chunk.body.size() >= FULL) {
                chunk.chunk().keep(session);
                chunk = new Open(chunk.first + chunk.entries, chunk.hash);
            }
            chunk.add(entry);
        }
        chunk.chunk().keep(session);
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

    private Open current(Session session) throws SQLException {
        long version = session.number(DATA_VERSION);
        Open known = version == dataVersion ? open : null;
        dataVersion = version;
        return known == null ? read(session) : known;
    }

    private static Open read(Session session) throws SQLException {
        Optional<Chunk> last = Chunk.last(session);
        if (last.isEmpty()) {
            Anchor anchor = Anchor.of(session);
            return new Open(anchor.number() + 1, anchor.hash());
        }
        Chunk chunk = last.get();
        Open reopened = new Open(chunk.first(), chunk.hashBefore(session));
        try {
            ChunkDecoder.entries(chunk.body()).forEach(written -> reopened.add(written.entry()));
        } catch (UnreadableChunkException e) {
            return new Open(chunk.end(), chunk.hash());
        }
        return reopened.chunk().isSame(chunk)
                ? reopened
                : new Open(
                        chunk.end(), chunk.hash()); // somebody changed it: left as it is, for the verification to find
    }
}
