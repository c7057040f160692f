package dev.pawl.scheduler.catalog;

import dev.pawl.api.module.Isolation;
import dev.pawl.api.module.Role;
import dev.pawl.scheduler.schema.ValueSchema;
import dev.pawl.service.catalog.ModuleState;
import java.util.List;

/**
 * An installed module, whether it takes jobs or not.
 *
 * @param explanation the reason why it takes no jobs; empty when it is ready
 * @param isolation where its tasks run
 * @param concurrency number of its jobs that may run at once, as its author says; 0 for no limit
 * @param role the role that starting its jobs takes
 * @param warnings sentences for an operator
 */
public record InstalledModule(
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
        List<String> warnings,
        ValueSchema inputs,
        ValueSchema settings) {

    public InstalledModule {
        capabilities = List.copyOf(capabilities);
        warnings = List.copyOf(warnings);
    }
}
