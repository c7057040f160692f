package dev.pawl.store.postgres;

import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.inbox.CallbackFilter;
import dev.pawl.service.inbox.ReceivedCallback;
import dev.pawl.service.store.InboxStore;
import dev.pawl.store.postgres.engine.Readers;
import dev.pawl.store.postgres.inbox.InboxRows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The received callbacks, in the database of a {@link PostgresStore}. */
@Component(service = InboxStore.class)
public final class PostgresInbox implements InboxStore {

    private final PostgresStore store;
    private final Readers readers;

    /** Keeps callbacks in the database of an open store. */
    @Activate
    public PostgresInbox(@Reference PostgresStore store) {
        this.store = store;
        this.readers = store.readers();
    }

    @Override
    public CompletionStage<Void> add(ReceivedCallback callback) {
        return store.apart(callback.characters(), work -> {
                    work.changed();
                    InboxRows.add(work.statements(), callback);
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
        return store.apart(1, work -> {
            work.changed();
            return work.audit().audited(InboxRows.remove(work.statements(), id), change);
        });
    }

    @Override
    public CompletionStage<Integer> removeBefore(Instant before, int most) {
        return store.apart(1, work -> {
            work.changed();
            return InboxRows.removeBefore(work.statements(), before, most);
        });
    }

    @Override
    public Totals totals() {
        return readers.read(InboxRows::totals);
    }
}
