package dev.pawl.service.store;

import dev.pawl.service.audit.AuditedChange;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Keeps encrypted secrets by name; it never sees what they hold. Threads, futures and reads are as in {@link JobStore}. */
@ProviderType
public interface SecretStore {

    /** The service property of a store that several processes share, which seal and open its values with the same key. */
    String SHARED = "pawl.shared";

    /** The sealed text by which processes that share the store find whether they have the same key; empty before the first of them. */
    default Optional<String> keyMark() {
        return Optional.empty();
    }

    /** Keeps such a text, unless there is one; returns the one that is kept. */
    default CompletionStage<String> keepKeyMark(String sealed) {
        return CompletableFuture.completedStage(sealed);
    }

    /** A secret. */
    Optional<KeptSecret> find(String name);

    /**
     * Keeps a secret in place of the one of its name, if there is one; the change's entry, if someone requested it, is in that transaction
     * too.
     *
     * @param keepsModules whether the modules of the one before stay, if there is one
     */
    CompletionStage<Void> put(KeptSecret secret, boolean keepsModules, @Nullable AuditedChange change);

    /** Deletes a secret, with the change's entry as above; says whether there was one. */
    CompletionStage<Boolean> delete(String name, @Nullable AuditedChange change);

    /** The secrets after a name, in the order of names, at most {@code limit}; an empty name stands before all. */
    List<KeptSecret> list(String after, int limit);
}
