package dev.pawl.service.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** What is installed and in which state, as the framework shows it at this moment. Safe for many threads. */
@ProviderType
public interface ModuleCatalog {

    /** Every module, in the order of the ids. */
    List<ModuleEntry> modules();

    /** One module. */
    Optional<ModuleEntry> module(String id);

    /** How one module does. */
    Optional<ModuleDiagnosis> diagnosis(String id);

    /** The versions of module bundles that are gone and whose classes are still in memory, the latest first. */
    List<Leak> leaks();

    /** A module's settings as they are configured, secrets masked as {@code "********"}; defaults included. */
    Map<String, Object> settings(String id);

    /**
     * Replaces a module's settings after checking them against the schema; running tasks keep theirs. A masked secret keeps its
     * value. Refused with a {@link dev.pawl.service.problem.ProblemException} that names the setting, and nothing changes.
     */
    void configure(String id, Map<String, ?> settings);

    /**
     * The inputs that a person's texts stand for, by name: where the module takes a list or an object, the text is read as JSON. The
     * texts themselves when the module is not known. Refused with a {@link dev.pawl.service.problem.ProblemException} that names the
     * input whose text is no JSON.
     */
    Map<String, Object> inputs(String id, Map<String, String> texts);
}
