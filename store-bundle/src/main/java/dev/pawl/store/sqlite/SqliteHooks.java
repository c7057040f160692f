package dev.pawl.store.sqlite;

import dev.pawl.service.audit.AuditOutcome;
import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.hook.Delivery;
import dev.pawl.service.store.HookStore;
import dev.pawl.service.store.KeptHook;
import dev.pawl.store.kit.RequestJson;
import dev.pawl.store.sqlite.audit.AuditChain;
import dev.pawl.store.sqlite.call.CallRows;
import dev.pawl.store.sqlite.call.CallWrite;
import dev.pawl.store.sqlite.engine.GroupCommit;
import dev.pawl.store.sqlite.engine.Readers;
import dev.pawl.store.sqlite.hook.HookRows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The hooks and their calls, in the file of the {@link SqliteStore}. */
@Component(service = HookStore.class)
public final class SqliteHooks implements HookStore {

    private final GroupCommit writer;
    private final Readers readers;
    private final AuditChain audit;

    /** Keeps hooks in the file of an open store. */
    @Activate
    public SqliteHooks(@Reference SqliteStore store) {
        this.writer = store.writer();
        this.readers = store.readers();
        this.audit = store.audit();
    }

    @Override
    public Optional<KeptHook> find(String name) {
        return readers.readShort(session -> HookRows.find(session, name));
    }

    @Override
    public Optional<KeptHook> findBySource(String callbackSource) {
        return readers.readShort(session -> HookRows.findBySource(session, callbackSource));
    }

    @Override
    public List<KeptHook> list(String after, int limit) {
        return readers.read(session -> HookRows.list(session, after, limit));
    }

    @Override
    public CompletionStage<Put> put(KeptHook hook, @Nullable AuditedChange change) {
        String definition = HookRows.definition(hook);
        String job = RequestJson.write(hook.request().job());
        return writer.submit(definition.length() + job.length(), session -> {
            boolean isDone = audited(HookRows.put(session, hook, definition, job), change);
            return new Put(isDone, HookRows.find(session, hook.name()).orElse(null));
        });
    }

    @Override
    public CompletionStage<Boolean> delete(String name, @Nullable AuditedChange change) {
        return writer.submit(1, session -> audited(HookRows.delete(session, name), change));
    }

    /** Adds the entry of a change that was made. */
    private boolean audited(boolean made, @Nullable AuditedChange change) {
        if (made && change != null) {
            audit.add(change.entry(AuditOutcome.DONE, ""));
        }
        return made;
    }

    @Override
    public CompletionStage<Void> record(String name, Delivery delivery) {
        return writer.submit(delivery.detail().length(), session -> {
                    CallWrite.record(session, name, delivery);
                    return true;
                })
                .thenAccept(recorded -> {});
    }

    @Override
    public Optional<Delivery> remembered(String name, String deliveryId, Instant at) {
        return readers.readShort(session -> CallRows.remembered(session, name, deliveryId, at));
    }

    @Override
    public List<Delivery> deliveries(String name, long before, int limit) {
        return readers.read(session -> CallRows.list(session, name, before, limit));
    }
}
