package dev.pawl.testkit.fake;

import dev.pawl.service.audit.AuditEntry;
import dev.pawl.service.audit.AuditFilter;
import dev.pawl.service.audit.AuditLog;
import dev.pawl.service.audit.AuditPage;
import dev.pawl.service.audit.AuditRecord;
import dev.pawl.service.audit.AuditReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** An audit log in memory, from which nothing is removed. */
public final class MemoryAuditLog implements AuditLog {

    private final List<AuditRecord> records = new ArrayList<>();

    @Override
    public synchronized CompletionStage<Void> append(List<AuditEntry> entries) {
        for (AuditEntry entry : entries) {
            records.add(AuditRecord.after(head(), records.size() + 1L, entry));
        }
        return CompletableFuture.completedFuture(null);
    }

    /** All entries in order. */
    public synchronized List<AuditEntry> entries() {
        return records.stream().map(AuditRecord::entry).toList();
    }

    @Override
    public synchronized AuditPage page(AuditFilter filter) {
        List<AuditRecord> found = new ArrayList<>();
        for (int i = records.size() - 1; i >= 0; i--) {
            AuditRecord next = records.get(i);
            if (next.number() < filter.before() && filter.selects(next.entry())) {
                found.add(next);
            }
            if (found.size() == filter.limit()) {
                return new AuditPage(found, next.number());
            }
        }
        return new AuditPage(found, null);
    }

    @Override
    public synchronized List<AuditRecord> after(long number, int limit) {
        return records.stream()
                .filter(next -> next.number() > number)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized AuditReport verify(@Nullable String expected) {
        return new AuditReport(records.size(), 1, head(), null, null, null);
    }

    @Override
    public CompletionStage<Long> removeBefore(Instant time, AuditEntry removal) {
        return CompletableFuture.completedFuture(0L);
    }

    @Override
    public CompletionStage<Long> removeBeyond(long bytes, AuditEntry removal) {
        return CompletableFuture.completedFuture(0L);
    }

    private String head() {
        return records.isEmpty()
                ? AuditRecord.FIRST_PREVIOUS
                : records.get(records.size() - 1).hash();
    }
}
