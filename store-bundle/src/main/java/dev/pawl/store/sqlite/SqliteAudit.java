package dev.pawl.store.sqlite;

import dev.pawl.service.audit.AuditEntry;
import dev.pawl.service.audit.AuditFilter;
import dev.pawl.service.audit.AuditLog;
import dev.pawl.service.audit.AuditPage;
import dev.pawl.service.audit.AuditRecord;
import dev.pawl.service.audit.AuditReport;
import dev.pawl.store.sqlite.audit.AuditChain;
import dev.pawl.store.sqlite.audit.AuditReads;
import dev.pawl.store.sqlite.audit.AuditRemoval;
import dev.pawl.store.sqlite.audit.AuditVerification;
import dev.pawl.store.sqlite.engine.GroupCommit;
import dev.pawl.store.sqlite.engine.Readers;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The audit log, in the file of the {@link SqliteStore}. */
@Component(service = AuditLog.class)
public final class SqliteAudit implements AuditLog {

    private static final int CHARACTERS = 300; // of an entry, about
    private static final int CHUNK = 4_096; // bytes that one takes on disk, a page

    private final GroupCommit writer;
    private final Readers readers;
    private final AuditChain chain;

    /** Creates the log in the file of an open store. */
    @Activate
    public SqliteAudit(@Reference SqliteStore store) {
        this.writer = store.writer();
        this.readers = store.readers();
        this.chain = store.audit();
    }

    @Override
    public CompletionStage<Void> append(List<AuditEntry> entries) {
        List<AuditEntry> copy = List.copyOf(entries);
        return writer.submit((long) copy.size() * CHARACTERS, session -> {
                    copy.forEach(chain::add);
                    return true;
                })
                .thenAccept(appended -> {});
    }

    @Override
    public AuditPage page(AuditFilter filter) {
        return readers.read(session -> session.atOneMoment(snapshot -> AuditReads.page(snapshot, filter)));
    }

    @Override
    public List<AuditRecord> after(long number, int limit) {
        return readers.read(session -> session.atOneMoment(snapshot -> AuditReads.after(snapshot, number, limit)));
    }

    @Override
    public AuditReport verify(@Nullable String expected) {
        return readers.readApart(session -> AuditVerification.run(session, expected));
    }

    @Override
    public CompletionStage<Long> removeBefore(Instant time, AuditEntry removal) {
        return writer.submit(1, AuditRemoval.before(time, removal, chain));
    }

    @Override
    public CompletionStage<Long> removeBeyond(long bytes, AuditEntry removal) {
        long number = readers.readApart(session -> AuditReads.firstWithin(session, Math.max(1, bytes / CHUNK)));
        return number == 0
                ? CompletableFuture.completedFuture(0L)
                : writer.submit(1, AuditRemoval.before(number, removal, chain));
    }
}
