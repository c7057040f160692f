package dev.pawl.launch;

import java.nio.file.Path;
import java.util.Map;

/**
 * Reads the jar of a module as an installation does, without a framework and without the module's code. Found with {@link
 * java.util.ServiceLoader} among the bundles of the distribution.
 */
public interface JarReader {

    /** The member of a module that names the class of its inputs, and the one of its settings. */
    String INPUTS = "inputs_class";

    String SETTINGS = "settings_class";

    /**
     * The contents as their manifest tells them: maps, lists, texts, numbers and booleans. {@code modules} is a list of maps with {@code
     * id}, {@link #INPUTS} and {@link #SETTINGS}.
     *
     * @throws RuntimeException when an installation would refuse the jar, with a sentence for people
     */
    Map<String, Object> read(Path jar);
}
