package dev.pawl.service.catalog;

import dev.pawl.api.module.Isolation;
import dev.pawl.api.module.Role;
import dev.pawl.service.data.TextLimit;
import java.util.List;

/**
 * One installed module.
 *
 * @param id the id that jobs name
 * @param name a few words for people, cut to {@link TextLimit#NAME}
 * @param version the bundle's
 * @param description a sentence for people, cut to {@link TextLimit#DESCRIPTION}, as are the explanation and each warning
 * @param capabilities free-form search words for what it can do
 * @param bundle the symbolic name of the bundle that holds it
 * @param state whether it takes jobs
 * @param explanation a sentence about what is missing or went wrong; empty when it is ready
 * @param isolation where its tasks run
 * @param concurrency the number of its jobs that may run at once; 0 when only the slots limit them
 * @param role the role needed to start its jobs
 * @param paused whether the start of its jobs is paused
 * @param warnings matters that an operator should look at, such as an abandoned thread
 * @param inputs the schema of its tasks' inputs
 * @param settings the schema of its settings
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
        Isolation isolation,
        int concurrency,
        Role role,
        boolean paused,
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
