package dev.pawl.service.store;

import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.inbox.CallbackFilter;
import dev.pawl.service.inbox.ReceivedCallback;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps received callbacks. One that starts a job comes with {@link JobStore#add}. Beyond the greatest number, or the most bytes, the oldest are
 * removed in the transaction that adds another. Threads, futures and reads are as in {@link JobStore}.
 */
@ProviderType
public interface InboxStore {

    /** The greatest number of callbacks that are kept. */
    int MOST = 100_000;

    /** The most characters that the texts of all of them have together. */
    long MOST_CHARACTERS = 128L << 20;

    /** Adds a callback. */
    CompletionStage<Void> add(ReceivedCallback callback);

    /** One callback. */
    Optional<ReceivedCallback> find(UUID id);

    /** A page of callbacks, the latest first; fewer than the limit when they are large. */
    List<ReceivedCallback> list(CallbackFilter filter);

    /** Removes a callback, with the change's entry if someone requested it; says whether there was one. */
    CompletionStage<Boolean> remove(UUID id, @Nullable AuditedChange change);

    /** Removes callbacks that came before a time, at most {@code most} of them; completes with their number. */
    CompletionStage<Integer> removeBefore(Instant before, int most);

    /** The number of callbacks, and of the characters of their texts. */
    Totals totals();

    /**
     * The extent of the callbacks.
     *
     * @param callbacks their number
     * @param characters the number of characters of their texts
     */
    record Totals(long callbacks, long characters) {}
}
