package dev.pawl.store.sqlite.audit;

import dev.pawl.service.audit.AuditEntry;
import dev.pawl.service.audit.AuditFilter;
import dev.pawl.service.audit.AuditPage;
import dev.pawl.service.audit.AuditRecord;
import dev.pawl.store.sqlite.audit.ChunkDecoder.Written;
import dev.pawl.store.sqlite.engine.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads of the audit log. */
public final class AuditReads {

    /** The chunks that are searched for one page, about 60,000 entries. */
    private static final int MOST_SEARCHED = 200;

    private static final int READ_AT_ONCE = 20;

    private static final String FIRST_WITHIN = "SELECT first FROM audit_chunks ORDER BY first DESC LIMIT 1 OFFSET ?";

    private AuditReads() {}

    /** A page of the entries that a filter selects, newest first. */
    public static AuditPage page(Session session, AuditFilter filter) throws SQLException {
        List<AuditRecord> found = new ArrayList<>();
        long before = filter.before();
        for (int searched = 0; searched < MOST_SEARCHED; ) {
            List<Chunk> chunks = Chunk.before(session, before, READ_AT_ONCE);
            if (chunks.isEmpty()) {
                return new AuditPage(found, null);
            }
            for (Chunk chunk : chunks) {
                for (AuditRecord next : selected(session, chunk, filter)) {
                    if (next.number() < filter.before()) {
                        found.add(next);
                    }
                    if (found.size() == filter.limit()) {
                        return new AuditPage(found, next.number());
                    }
                }
                before = chunk.first();
                searched++;
            }
        }
        return new AuditPage(found, before);
    }

    private static List<AuditRecord> selected(Session session, Chunk chunk, AuditFilter filter) throws SQLException {
        Instant since = filter.since();
        if ((since != null && chunk.isBefore(since)) || readable(chunk).noneMatch(filter::selects)) {
            return List.of();
        }
        List<AuditRecord> records = new ArrayList<>(chunk.records(chunk.hashBefore(session)));
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
    public static List<AuditRecord> after(Session session, long number, int limit) throws SQLException {
        List<AuditRecord> found = new ArrayList<>();
        Optional<Chunk> chunk = Chunk.with(session, number + 1);
        if (chunk.isEmpty() || chunk.get().end() <= number + 1) {
            chunk = next(session, number + 1);
        }
        while (chunk.isPresent() && found.size() < limit) {
            if (readable(chunk.get()).findAny().isPresent()) {
                chunk.get().records(chunk.get().hashBefore(session)).stream()
                        .filter(next -> next.number() > number)
                        .limit(limit - found.size())
                        .forEach(found::add);
            }
            chunk = next(session, chunk.get().end());
        }
        return found;
    }

    private static Optional<Chunk> next(Session session, long number) throws SQLException {
        return Chunk.from(session, number, 1).stream().findFirst();
    }

    /** The number of the first entry that may stay when no more than some chunks are to be kept; 0 when all may. */
    public static long firstWithin(Session session, long chunks) throws SQLException {
        return session.first(FIRST_WITHIN, row -> row.getLong(1), chunks - 1).orElse(0L);
    }
}
