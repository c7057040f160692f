package dev.pawl.store.kit.audit;

import dev.pawl.service.audit.AuditEntry;
import dev.pawl.service.audit.AuditFilter;
import dev.pawl.service.audit.AuditPage;
import dev.pawl.service.audit.AuditRecord;
import dev.pawl.store.kit.audit.ChunkDecoder.Written;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Reads of the audit log. */
public final class AuditReads {

    /** The entries that are searched for one page, where a chunk takes as long as some more. */
    private static final int MOST_SEARCHED = 64_000;

    private static final int ENTRIES_A_CHUNK = 20;
    private static final int READ_FIRST = 20;
    private static final int MOST_AT_ONCE = 160; // each up to some kilobytes

    private AuditReads() {}

    /** A page of the entries that a filter selects, newest first. */
    public static AuditPage page(AuditRows rows, AuditFilter filter) throws SQLException {
        List<AuditRecord> found = new ArrayList<>();
        long before = filter.before();
        int atOnce = READ_FIRST;
        for (int left = MOST_SEARCHED; left > 0; ) {
            List<Chunk> chunks = rows.before(before, atOnce);
            if (chunks.isEmpty()) {
                return new AuditPage(found, null);
            }
            for (int i = 0; i < chunks.size(); i++) {
                Chunk chunk = chunks.get(i);
                if (isSelected(chunk, filter)) {
                    String previous = i + 1 < chunks.size() ? chunks.get(i + 1).hash() : rows.hashBefore(chunk.first());
                    for (AuditRecord next : selected(chunk, previous, filter)) {
                        if (next.number() < filter.before()) {
                            found.add(next);
                        }
                        if (found.size() == filter.limit()) {
                            return new AuditPage(found, next.number());
                        }
                    }
                }
                before = chunk.first();
                left -= chunk.entries() + ENTRIES_A_CHUNK;
            }
            atOnce = Math.min(2 * atOnce, MOST_AT_ONCE);
        }
        return new AuditPage(found, before);
    }

    private static boolean isSelected(Chunk chunk, AuditFilter filter) {
        Instant since = filter.since();
        return (since == null || !chunk.isBefore(since)) && readable(chunk).anyMatch(filter::selects);
    }

    private static List<AuditRecord> selected(Chunk chunk, String previous, AuditFilter filter) {
        List<AuditRecord> records = new ArrayList<>(chunk.records(previous));
        records.removeIf(next -> !filter.selects(next.entry()));
        Collections.reverse(records);
        return records;
    }

    /** The entries of a chunk; none when somebody made it unreadable, which the verification tells. */
    private static Stream<AuditEntry> readable(Chunk chunk) {
        try {
            return ChunkDecoder.entries(chunk.body()).stream().map(Written::entry);
        } catch (UnreadableChunkException e) {
            return Stream.empty();
        }
    }

    /** The entries after a number, in order. */
    public static List<AuditRecord> after(AuditRows rows, long number, int limit) throws SQLException {
        List<AuditRecord> found = new ArrayList<>();
        long from = rows.before(number + 1, 1).stream()
                .filter(chunk -> chunk.end() > number + 1)
                .map(Chunk::first)
                .findFirst()
                .orElse(number + 1);
        String previous = null;
        int atOnce = READ_FIRST;
        for (List<Chunk> chunks = rows.from(from, atOnce); !chunks.isEmpty(); chunks = rows.from(from, atOnce)) {
            for (Chunk chunk : chunks) {
                if (readable(chunk).findAny().isPresent()) {
                    chunk.records(previous == null ? rows.hashBefore(chunk.first()) : previous).stream()
                            .filter(next -> next.number() > number)
                            .limit(limit - found.size())
                            .forEach(found::add);
                }
                if (found.size() == limit) {
                    return found;
                }
                previous = chunk.hash();
                from = chunk.end();
            }
            atOnce = Math.min(2 * atOnce, MOST_AT_ONCE);
        }
        return found;
    }
}
