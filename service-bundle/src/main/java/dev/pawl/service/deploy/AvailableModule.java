package dev.pawl.service.deploy;

import java.util.List;

/**
 * A module that comes with the distribution and is installed when an admin asks for it.
 *
 * @param id the module's id
 * @param name the name for people
 * @param version the version of its bundle
 * @param description what it does
 * @param capabilities search words for what it can do
 * @param installed whether its bundle is installed, in whatever version
 */
public record AvailableModule(
        String id, String name, String version, String description, List<String> capabilities, boolean installed) {

    public AvailableModule {
        capabilities = List.copyOf(capabilities);
    }
}
