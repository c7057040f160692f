package dev.pawl.service.data;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The JSON documents that the server keeps for modules, by module id and name. Adapters use this service for people and programs; modules
 * use {@link dev.pawl.api.module.ModuleData}. The module need not be installed. Module ids and names have 1 to 200 characters without
 * {@code /}, {@code \} and control characters; module ids that begin with {@code pawl:} are reserved for the runtime. Every error is a
 * {@link dev.pawl.service.problem.ProblemException}, thrown or through the future. Safe for use by several threads.
 */
@ProviderType
public interface Documents {

    /** The greatest length of a document, in bytes of UTF-8. */
    int MOST_BYTES = JsonLimits.MOST_BYTES;

    /** A document: the text of a JSON object, without its name. An unknown document is an error. */
    String get(String module, String name);

    /**
     * Stores or replaces a document; it is on disk when the future completes. Numbers keep all their digits.
     *
     * @param json a JSON object without duplicate names; its field {@code name}, which is not kept, must be the document's name or absent
     */
    default CompletionStage<Void> put(String module, String name, String json) {
        return put(module, name, json, DocumentCheck.NONE);
    }

    /** The same if the check accepts the document as it is; both are one step. */
    CompletionStage<Void> put(String module, String name, String json, DocumentCheck check);

    /** Deletes a document; an unknown one is an error. */
    default CompletionStage<Void> delete(String module, String name) {
        return delete(module, name, DocumentCheck.NONE);
    }

    /** The same if the check accepts the document as it is; both are one step. */
    CompletionStage<Void> delete(String module, String name, DocumentCheck check);

    /**
     * A page of documents, by module and name.
     *
     * @param module the module; null for all
     * @param cursor continues from {@link DocumentPage#nextCursor()}; null from the beginning
     * @param limit the greatest number, 1 to 1,000
     */
    DocumentPage page(@Nullable String module, @Nullable String cursor, int limit);

    /** The names of a module's documents, in order. */
    List<String> names(String module);
}
