package dev.pawl.scheduler.catalog;

import dev.pawl.api.module.Role;
import dev.pawl.scheduler.schema.ValueSchema;
import dev.pawl.service.catalog.ModuleState;
import java.util.List;

/**
 * One module that is installed, whether it takes jobs or not.
 *
 * @param explanation what is missing or went wrong; empty when it is ready
 * @param concurrency as its author says
 * @param role what starting its jobs takes
 * @param warnings what an operator should look at
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
