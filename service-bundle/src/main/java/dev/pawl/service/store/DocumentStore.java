package dev.pawl.service.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps JSON documents by owner and name: the data of modules and, under owners that begin with {@code pawl:}, the runtime's own. Threads,
 * futures and reads are as in {@link JobStore}.
 */
@ProviderType
public interface DocumentStore {

    /** A document as JSON text. */
    Optional<String> get(String owner, String name);

    /** Stores or replaces a document. */
    CompletionStage<Void> put(String owner, String name, String json);

    /** Deletes a document; says whether there was one. */
    CompletionStage<Boolean> delete(String owner, String name);

    /**
     * Stores or replaces a document on behalf of a run.
     *
     * @throws dev.pawl.api.module.StaleRunException through the future, unless the job is running and at that epoch; nothing is
     *     changed
     */
    CompletionStage<Void> put(RunId run, String owner, String name, String json);

    /** Deletes a document on behalf of a run; refused as {@link #put(RunId, String, String, String)} is. */
    CompletionStage<Boolean> delete(RunId run, String owner, String name);

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
