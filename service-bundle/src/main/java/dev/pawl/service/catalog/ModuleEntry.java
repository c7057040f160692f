package dev.pawl.service.catalog;

import dev.pawl.api.module.Role;
import dev.pawl.service.data.TextLimit;
import java.util.List;

/**
 * One installed module.
 *
 * @param id the id that jobs name
 * @param name for people, kept to {@link TextLimit#NAME}
 * @param version the bundle's
 * @param description for people, kept to {@link TextLimit#DESCRIPTION}, as are the explanation and each warning
 * @param capabilities free words that say what it can do
 * @param bundle the symbolic name of the bundle that holds it
 * @param state whether it takes jobs
 * @param explanation what is missing or went wrong, as a sentence; empty when it is ready
 * @param concurrency how many of its jobs may run at once; 0 when only the slots limit them
 * @param role what starting its jobs takes
 * @param warnings what an operator should look at, such as a thread that would not end
 * @param inputs what its tasks take
 * @param settings what configures it
 */
public record ModuleEntry(
        String id,
        String name,
        String version,
        String description,
        List<String> capabilities,
        String bundle,
        ModuleState state,
        String explanation,
        int concurrency,
        Role role,
        List<String> warnings,
        Schema inputs,
        Schema settings) {

    public ModuleEntry {
        name = TextLimit.NAME.kept(name);
        description = TextLimit.DESCRIPTION.kept(description);
        explanation = TextLimit.DESCRIPTION.kept(explanation);
        capabilities = List.copyOf(capabilities);
        warnings = warnings.stream().map(TextLimit.DESCRIPTION::kept).toList();
    }

    /** Whether its bundle is meant to be started. */
    public boolean enabled() {
        return state != ModuleState.DISABLED && state != ModuleState.RETIRING;
    }
}
