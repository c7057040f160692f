package dev.pawl.store.sqlite;

import dev.pawl.service.audit.AuditOutcome;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.inbox.CallbackFilter;
import dev.pawl.service.inbox.ReceivedCallback;
import dev.pawl.service.store.InboxStore;
import dev.pawl.store.sqlite.audit.AuditChain;
import dev.pawl.store.sqlite.engine.GroupCommit;
import dev.pawl.store.sqlite.engine.Readers;
import dev.pawl.store.sqlite.inbox.InboxRows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The received callbacks, in the file of the {@link SqliteStore}. */
@Component(service = InboxStore.class)
public final class SqliteInbox implements InboxStore {

    private final GroupCommit writer;
    private final Readers readers;
    private final AuditChain audit;

    /** Keeps callbacks in the file of an open store. */
    @Activate
    public SqliteInbox(@Reference SqliteStore store) {
        this.writer = store.writer();
        this.readers = store.readers();
        this.audit = store.audit();
    }

    @Override
    public CompletionStage<Void> add(ReceivedCallback callback) {
        return writer.submit(callback.characters(), session -> {
                    InboxRows.add(session, callback);
                    return true;
                })
                .thenAccept(added -> {});
    }

    @Override
    public Optional<ReceivedCallback> find(UUID id) {
        return readers.read(session -> InboxRows.find(session, id));
    }

    @Override
    public List<ReceivedCallback> list(CallbackFilter filter) {
        return readers.read(session -> InboxRows.list(session, filter));
    }

    @Override
    public CompletionStage<Boolean> remove(UUID id, @Nullable AuditedChange change) {
        return writer.submit(1, session -> {
            boolean removed = InboxRows.remove(session, id);
            if (removed && change != null) {
                audit.add(change.entry(AuditOutcome.DONE, ""));
            }
            return removed;
        });
    }

    @Override
    public CompletionStage<Integer> removeBefore(Instant before, int most) {
        return writer.submit(1, session -> InboxRows.removeBefore(session, before, most));
    }

    @Override
    public Totals totals() {
        return readers.readShort(InboxRows::totals);
    }
}
