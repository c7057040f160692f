package dev.pawl.api.module;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The JSON documents that the server keeps for a module, by name; shared by all jobs of the module. Safe for use by several threads. Names
 * are 1 to 200 characters without {@code /}, {@code \} and control characters.
 *
 * <p>Every change is a write of the task's run: a run that has lost its epoch changes nothing and gets a {@link StaleRunException}, and one
 * that must end gets a {@link TaskCancelledException}.
 */
@ProviderType
public interface ModuleData {

    /** The document of that name. */
    Optional<Map<String, Object>> get(String name);

    /** Stores or replaces a document of at most 1 MiB; it is on disk when this returns. */
    void put(String name, Map<String, ?> document);

    /** Deletes a document; returns whether it existed. */
    boolean delete(String name);

    /** The names of the documents, in order. */
    List<String> names();
}
