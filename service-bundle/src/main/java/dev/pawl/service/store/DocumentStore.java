package dev.pawl.service.store;

import dev.pawl.service.audit.AuditedChange;
import dev.pawl.service.data.DocumentCheck;
import dev.pawl.service.data.DocumentEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps JSON documents by owner and name: the data of modules and, under owners that begin with {@code pawl:}, the runtime's own. Threads,
 * futures and reads are as in {@link JobStore}.
 */
@ProviderType
public interface DocumentStore {

    /**
     * Lets an observer learn of changes that other processes make to the documents of one of the runtime's owners; the next observer of that
     * owner takes its place. It is told once at first, for what was changed before. A store that only this process has open tells nothing.
     */
    default void observe(String owner, DocumentObserver observer) {}

    /** A document as JSON text. */
    Optional<String> get(String owner, String name);

    /**
     * Stores or replaces a document if the check accepts it as it is, in the same transaction; the change's entry, if someone requested it,
     * is in that transaction too.
     */
    CompletionStage<Void> put(
            String owner, String name, String json, DocumentCheck check, @Nullable AuditedChange change);

    /** Stores or replaces a document of the runtime, if the check accepts it as it is. */
    default CompletionStage<Void> put(String owner, String name, String json, DocumentCheck check) {
        return put(owner, name, json, check, null);
    }

    /** Stores or replaces a document for someone. */
    default CompletionStage<Void> put(String owner, String name, String json, @Nullable AuditedChange change) {
        return put(owner, name, json, DocumentCheck.NONE, change);
    }

    /** Stores or replaces a document of the runtime. */
    default CompletionStage<Void> put(String owner, String name, String json) {
        return put(owner, name, json, DocumentCheck.NONE, null);
    }

    /** Deletes a document, as {@link #put(String, String, String, DocumentCheck, AuditedChange)} stores it; says whether there was one. */
    CompletionStage<Boolean> delete(String owner, String name, DocumentCheck check, @Nullable AuditedChange change);

    /** Deletes a document of the runtime, if the check accepts it as it is; says whether there was one. */
    default CompletionStage<Boolean> delete(String owner, String name, DocumentCheck check) {
        return delete(owner, name, check, null);
    }

    /** Deletes a document for someone; says whether there was one. */
    default CompletionStage<Boolean> delete(String owner, String name, @Nullable AuditedChange change) {
        return delete(owner, name, DocumentCheck.NONE, change);
    }

    /** Deletes a document of the runtime; says whether there was one. */
    default CompletionStage<Boolean> delete(String owner, String name) {
        return delete(owner, name, DocumentCheck.NONE, null);
    }

    /**
     * Stores or replaces a document on behalf of a run.
     *
     * @throws dev.pawl.api.module.StaleRunException through the future, unless the job is running and at that epoch; nothing is
     *     changed
     */
    CompletionStage<Void> put(RunId run, String owner, String name, String json);

    /** Deletes a document on behalf of a run; refused as {@link #put(RunId, String, String, String)} is. */
    CompletionStage<Boolean> delete(RunId run, String owner, String name);

    /**
     * The documents after a place in the order of owners and names, at most {@code limit}; the runtime's own are left out.
     *
     * @param owner the owner; null for all
     * @param afterOwner the owner of the document before them; empty at the beginning
     * @param afterName its name; empty at the beginning
     */
    List<DocumentEntry> list(@Nullable String owner, String afterOwner, String afterName, int limit);

    /** The names of an owner's documents, in order. */
    List<String> names(String owner);

    /** The documents of an owner by name, in that order. All are in memory at once: this is for owners of few or small ones. */
    default Map<String, String> all(String owner) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String name : names(owner)) {
            get(owner, name).ifPresent(json -> all.put(name, json));
        }
        return all;
    }
}
