package dev.pawl.service.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** The installed modules and their states, as the framework shows them at the moment of the call. Safe for use by several threads. */
@ProviderType
public interface ModuleCatalog {

    /** Every module, in the order of the ids. */
    List<ModuleEntry> modules();

    /** One module. */
    Optional<ModuleEntry> module(String id);

    /** The diagnosis of one module: its bundle, component, jobs and leaks. */
    Optional<ModuleDiagnosis> diagnosis(String id);

    /** The leaked versions of module bundles, latest first. */
    List<Leak> leaks();

    /** A module's configured settings, including defaults, with secrets masked as {@code "********"}. */
    Map<String, Object> settings(String id);

    /**
     * Replaces a module's settings after checking them against the schema; running tasks keep theirs. A masked secret keeps its value. An
     * invalid setting is refused with a {@link dev.pawl.service.problem.ProblemException} that names it, and nothing changes.
     */
    default void configure(String id, Map<String, ?> settings) {
        configure(id, settings, version -> {});
    }

    /**
     * The same if a check accepts the {@linkplain #settingsVersion version} of the settings as they are, by returning; both are one step.
     */
    void configure(String id, Map<String, ?> settings, Consumer<String> check);

    /** A text that changes with a module's settings, secrets included, and tells nothing of them; it may also change with a restart. */
    String settingsVersion(String id);

    /**
     * Converts inputs that a person typed as text: where the module takes a list or an object, the text is parsed as JSON. Returns the
     * texts unchanged when the module is unknown. Text that is not valid JSON is refused with a {@link
     * dev.pawl.service.problem.ProblemException} that names the input.
     */
    Map<String, Object> inputs(String id, Map<String, String> texts);
}
