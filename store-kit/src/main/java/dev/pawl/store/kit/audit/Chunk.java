package dev.pawl.store.kit.audit;

import dev.pawl.service.audit.AuditRecord;
import dev.pawl.store.kit.audit.ChunkDecoder.Written;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A row of the audit log. Its body must not be changed. */
public final class Chunk {

    private final long first;
    private final int entries;
    private final long latest;
    private final String hash;
    private final byte[] body;

    /**
     * Creates a row.
     *
     * @param first the number of its first entry
     * @param entries how many there are
     * @param latest the greatest time of its entries, in milliseconds since 1970
     * @param hash the hash of its last entry
     * @param body the entries
     */
    public Chunk(long first, int entries, long latest, String hash, byte[] body) {
        this.first = first;
        this.entries = entries;
        this.latest = latest;
        this.hash = hash;
        this.body = body;
    }

    public long first() {
        return first;
    }

    /** Whether all its entries are older than a time, which may be any: most times have no number of milliseconds. */
    public boolean isBefore(Instant time) {
        return Instant.ofEpochMilli(latest).isBefore(time.truncatedTo(ChronoUnit.MILLIS));
    }

    public int entries() {
        return entries;
    }

    public long latest() {
        return latest;
    }

    public String hash() {
        return hash;
    }

    public byte[] body() {
        return body;
    }

    /** The number after its last entry. */
    public long end() {
        return first + entries;
    }

    /** Whether another row holds the same. */
    public boolean isSame(Chunk other) {
        return first == other.first
                && entries == other.entries
                && latest == other.latest
                && hash.equals(other.hash)
                && Arrays.equals(body, other.body);
    }

    /** Its entries with their hashes, computed anew from that of the entry before. */
    List<AuditRecord> records(String previous) {
        List<AuditRecord> records = new ArrayList<>(entries);
        String before = previous;
        long number = first;
        for (Written written : ChunkDecoder.entries(body)) {
            AuditRecord next = AuditRecord.after(before, number, written.entry());
            records.add(next);
            before = next.hash();
            number++;
        }
        return records;
    }
}
