package dev.pawl.api.module;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * JSON documents that the server keeps for a module, by name; shared by all jobs of the module. Safe for many threads.
 * Names are 1 to 200 characters without {@code /}, {@code \} and control characters.
 *
 * <p>What a task changes is a write of its run: a run that has lost its epoch changes nothing any more and is told so by a
 * {@link StaleRunException}, and one that is to leave its work by a {@link TaskCancelledException}.
 */
@ProviderType
public interface ModuleData {

    /** The document of that name. */
    Optional<Map<String, Object>> get(String name);

    /** Stores or replaces a document of at most 1 MiB; it is on disk when this returns. */
    void put(String name, Map<String, ?> document);

    /** Deletes a document; says whether there was one. */
    boolean delete(String name);

    /** The names there are, in order. */
    List<String> names();
}
