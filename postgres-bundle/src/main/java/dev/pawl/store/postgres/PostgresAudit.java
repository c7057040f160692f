package dev.pawl.store.postgres;

import dev.pawl.service.audit.AuditEntry;
import dev.pawl.service.audit.AuditFilter;
import dev.pawl.service.audit.AuditLog;
import dev.pawl.service.audit.AuditPage;
import dev.pawl.service.audit.AuditRecord;
import dev.pawl.service.audit.AuditReport;
import dev.pawl.store.kit.audit.AuditReads;
import dev.pawl.store.kit.audit.AuditRemoval;
import dev.pawl.store.kit.audit.AuditRows;
import dev.pawl.store.kit.audit.AuditVerification;
import dev.pawl.store.postgres.audit.ChunkRows;
import dev.pawl.store.postgres.engine.Readers;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The audit log of all servers, in the database of a {@link PostgresStore}. */
@Component(service = AuditLog.class)
public final class PostgresAudit implements AuditLog {

    private static final long CHARACTERS = 300; // of an entry, about

    private final PostgresStore store;
    private final Readers readers;

    /** Keeps the log in the database of an open store. */
    @Activate
    public PostgresAudit(@Reference PostgresStore store) {
        this.store = store;
        this.readers = store.readers();
    }

    @Override
    public CompletionStage<Void> append(List<AuditEntry> entries) {
        List<AuditEntry> copy = List.copyOf(entries);
        return store.apart(copy.size() * CHARACTERS, work -> {
                    copy.forEach(work.audit()::add);
                    return true;
                })
                .thenAccept(appended -> {});
    }

    private interface Reading<T> {
        T read(AuditRows rows) throws SQLException;
    }

    private <T> T read(Reading<T> reading) {
        return readers.read(session -> session.atOneMoment(moment -> reading.read(new ChunkRows(moment))));
    }

    @Override
    public AuditPage page(AuditFilter filter) {
        return read(rows -> AuditReads.page(rows, filter));
    }

    @Override
    public List<AuditRecord> after(long number, int limit) {
        return read(rows -> AuditReads.after(rows, number, limit));
    }

    @Override
    public AuditReport verify(@Nullable String expected) {
        return read(rows -> AuditVerification.run(rows, expected));
    }

    @Override
    public CompletionStage<Long> removeBefore(Instant time, AuditEntry removal) {
        return remove(AuditRemoval.before(time, removal));
    }

    @Override
    public CompletionStage<Long> removeBeyond(long bytes, AuditEntry removal) {
        long number = readers.read(session -> new ChunkRows(session).firstWithin(bytes));
        return number == 0 ? CompletableFuture.completedFuture(0L) : remove(AuditRemoval.before(number, removal));
    }

    private CompletionStage<Long> remove(AuditRemoval removal) {
        return store.apart(1, work -> {
            work.changed();
            return work.audit().remove(work.statements(), removal);
        });
    }
}
