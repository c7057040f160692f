package dev.pawl.store.kit.audit;

import dev.pawl.service.audit.AuditEntry;
import dev.pawl.service.audit.AuditRecord;

/** A chunk that grows at the end of the audit log. */
public final class OpenChunk {

    /** The length of a body from which on the next entry begins another chunk, so that a row of the embedded store fits a page of 4 KiB. */
    private static final int FULL = 3_800;

    private final ChunkEncoder body = new ChunkEncoder();
    private final long first;
    private int entries;
    private long latest = Long.MIN_VALUE;
    private String hash;

    /**
     * A chunk without entries.
     *
     * @param first the number of its first entry
     * @param previous the hash of the entry before
     */
    public OpenChunk(long first, String previous) {
        this.first = first;
        this.hash = previous;
    }

    /**
     * The chunk of a row, with what it holds; a new one after it when the row does not hold what was written, so that the verification still finds
     * that.
     *
     * @param previous the hash of the entry before the row
     */
    public static OpenChunk of(Chunk row, String previous) {
        OpenChunk reopened = new OpenChunk(row.first(), previous);
        try {
            ChunkDecoder.entries(row.body()).forEach(written -> reopened.add(written.entry()));
        } catch (UnreadableChunkException e) {
            return new OpenChunk(row.end(), row.hash());
        }
        return reopened.row().isSame(row) ? reopened : new OpenChunk(row.end(), row.hash());
    }

    /** Whether the next entry belongs into {@link #next}. */
    public boolean isFull() {
        return body.size() >= FULL;
    }

    /** The chunk that follows. */
    public OpenChunk next() {
        return new OpenChunk(first + entries, hash);
    }

    public void add(AuditEntry entry) {
        hash = AuditRecord.after(hash, first + entries, entry).hash();
        body.add(entry, hash);
        entries++;
        latest = Math.max(latest, entry.at().toEpochMilli());
    }

    /** The row as it is by now. */
    public Chunk row() {
        return new Chunk(first, entries, latest, hash, body.bytes());
    }
}
