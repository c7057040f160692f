package dev.pawl.launch;

import java.nio.file.Path;
import java.util.Map;

/**
 * Reads the inputs or the settings of a module from its jar, without a framework. Found with {@link java.util.ServiceLoader} among the
 * bundles of the distribution.
 */
public interface SchemaReader {

    /**
     * The fields and their JSON Schema, as {@code fields} and {@code schema}. The record's class is loaded; of its code, only the
     * constants of enums are run.
     *
     * @param name the module's id, a dot, and {@code inputs} or {@code settings}
     * @param type the class that the manifest names; empty for none
     * @throws RuntimeException when a server would refuse them, with a sentence for people
     */
    Map<String, Object> read(Path jar, String name, String type);
}
