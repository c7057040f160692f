package dev.pawl.store.sqlite;

import dev.pawl.service.audit.AuditEntry;
import dev.pawl.service.audit.AuditFilter;
import dev.pawl.service.audit.AuditLog;
import dev.pawl.service.audit.AuditPage;
import dev.pawl.service.audit.AuditRecord;
import dev.pawl.service.audit.AuditReport;
import dev.pawl.store.kit.audit.AuditReads;
import dev.pawl.store.kit.audit.AuditRemoval;
import dev.pawl.store.kit.audit.AuditVerification;
import dev.pawl.store.sqlite.audit.AuditChain;
import dev.pawl.store.sqlite.audit.ChunkRows;
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
        return readers.read(session -> session.atOneMoment(moment -> AuditReads.page(new ChunkRows(moment), filter)));
    }

    @Override
    public List<AuditRecord> after(long number, int limit) {
        return readers.read(
                session -> session.atOneMoment(moment -> AuditReads.after(new ChunkRows(moment), number, limit)));
    }

    @Override
    public AuditReport verify(@Nullable String expected) {
        return readers.readApart(
                session -> session.atOneMoment(moment -> AuditVerification.run(new ChunkRows(moment), expected)));
    }

    @Override
    public CompletionStage<Long> removeBefore(Instant time, AuditEntry removal) {
        return remove(AuditRemoval.before(time, removal));
    }

    @Override
    public CompletionStage<Long> removeBeyond(long bytes, AuditEntry removal) {
        long number = readers.readApart(session -> new ChunkRows(session).firstWithin(Math.max(1, bytes / CHUNK)));
        return number == 0 ? CompletableFuture.completedFuture(0L) : remove(AuditRemoval.before(number, removal));
    }

    private CompletionStage<Long> remove(AuditRemoval removal) {
        return writer.submit(1, session -> chain.remove(session, removal));
    }
}
