package dev.pawl.service.store;

import dev.pawl.service.audit.AuditedChange;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Keeps encrypted secrets by name; it never sees what they hold. Threads, futures and reads are as in {@link JobStore}. */
@ProviderType
public interface SecretStore {

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
