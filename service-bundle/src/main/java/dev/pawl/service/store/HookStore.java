package dev.pawl.service.store;

import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.hook.Delivery;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps hooks and their calls. A call that gets a job comes with {@link JobStore#add}. Threads, futures and reads are as in {@link JobStore}.
 */
@ProviderType
public interface HookStore {

    /** The calls of a hook that are kept at least, whatever came of them. */
    int LEAST_CALLS = 100;

    /** The calls of a hook that are kept at most, those included whose ids are remembered; the oldest are forgotten first. */
    int MOST_CALLS = 10_000;

    /**
     * The clock by which ids of deliveries are remembered: that of the process, unless several processes share the store, whose clocks may differ.
     *
     * @param ofProcess the clock of the process
     */
    default InstantSource clock(InstantSource ofProcess) {
        return ofProcess;
    }

    /** One hook. */
    Optional<KeptHook> find(String name);

    /** The hook whose jobs the callbacks of a source start. */
    Optional<KeptHook> findBySource(String callbackSource);

    /** The hooks after a name, in the order of names, at most {@code limit}; an empty name stands before all. */
    List<KeptHook> list(String after, int limit);

    /**
     * Keeps a hook in place of the one of its name if that has the revision of this one; its calls stay. The change's entry, if someone requested it,
     * is in that transaction too. Fails with {@code CALLBACK_SOURCE_TAKEN}, and changes nothing, when another hook has its callback source.
     *
     * @return the hook as it is now; nothing is changed when there is another revision
     */
    CompletionStage<Put> put(KeptHook hook, @Nullable AuditedChange change);

    /** Deletes a hook with its calls, and the change's entry as above; says whether there was one. */
    CompletionStage<Boolean> delete(String name, @Nullable AuditedChange change);

    /** Records a call that gets no job; nothing when there is no such hook any more. */
    CompletionStage<Void> record(String name, Delivery delivery);

    /** The call by which a job was started, or found, for an id that is remembered at a time. */
    Optional<Delivery> remembered(String name, String deliveryId, Instant at);

    /** The calls of a hook before a number, the latest first, at most {@code limit}. */
    List<Delivery> deliveries(String name, long before, int limit);

    /**
     * The outcome of keeping a hook.
     *
     * @param isDone whether it is kept
     * @param present the hook of that name as it is now; null when there is none
     */
    record Put(boolean isDone, @Nullable KeptHook present) {}
}
