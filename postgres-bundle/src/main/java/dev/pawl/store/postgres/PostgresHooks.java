package dev.pawl.store.postgres;

import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.hook.Delivery;
import dev.pawl.service.store.HookStore;
import dev.pawl.service.store.KeptHook;
import dev.pawl.store.kit.HookJson;
import dev.pawl.store.kit.RequestJson;
import dev.pawl.store.postgres.call.CallRows;
import dev.pawl.store.postgres.call.CallWrite;
import dev.pawl.store.postgres.engine.Readers;
import dev.pawl.store.postgres.hook.HookRows;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The hooks and their calls, in the database of a {@link PostgresStore}. */
@Component(service = HookStore.class)
public final class PostgresHooks implements HookStore {

    private final PostgresStore store;
    private final Readers readers;

    /** Keeps hooks in the database of an open store. */
    @Activate
    public PostgresHooks(@Reference PostgresStore store) {
        this.store = store;
        this.readers = store.readers();
    }

    /** The clock of the database: an id that one server remembers for hours is not forgotten by one whose clock is ahead. */
    @Override
    public InstantSource clock(InstantSource ofProcess) {
        return store.clock()::present;
    }

    @Override
    public Optional<KeptHook> find(String name) {
        return readers.read(session -> HookRows.find(session, name));
    }

    @Override
    public Optional<KeptHook> findBySource(String callbackSource) {
        return readers.read(session -> HookRows.findBySource(session, callbackSource));
    }

    @Override
    public List<KeptHook> list(String after, int limit) {
        return readers.read(session -> HookRows.list(session, after, limit));
    }

    @Override
    public CompletionStage<Put> put(KeptHook hook, @Nullable AuditedChange change) {
        String definition = HookJson.write(hook.request());
        String job = RequestJson.write(hook.request().job());
        return store.apart(definition.length() + job.length(), work -> {
            boolean isDone = HookRows.put(work.statements(), hook, definition, job);
            if (work.audit().audited(isDone, change)) {
                work.changed();
            }
            return new Put(isDone, HookRows.find(work.statements(), hook.name()).orElse(null));
        });
    }

    @Override
    public CompletionStage<Boolean> delete(String name, @Nullable AuditedChange change) {
        return store.apart(1, work -> {
            boolean isDeleted = HookRows.delete(work.statements(), name);
            if (work.audit().audited(isDeleted, change)) {
                work.changed();
            }
            return isDeleted;
        });
    }

    @Override
    public CompletionStage<Void> record(String name, Delivery delivery) {
        return store.apart(delivery.detail().length(), work -> {
                    if (CallWrite.record(work.statements(), name, delivery, work.callRoom())) {
                        work.changed();
                    }
                    return true;
                })
                .thenAccept(recorded -> {});
    }

    @Override
    public Optional<Delivery> remembered(String name, String deliveryId, Instant at) {
        return readers.read(session -> CallRows.remembered(session, name, deliveryId, at));
    }

    @Override
    public List<Delivery> deliveries(String name, long before, int limit) {
        return readers.read(session -> CallRows.list(session, name, before, limit));
    }
}
