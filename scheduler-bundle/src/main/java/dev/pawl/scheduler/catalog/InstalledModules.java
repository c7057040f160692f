package dev.pawl.scheduler.catalog;

import java.util.List;
import java.util.Optional;

/** Every module that is installed. Safe for many threads. */
public interface InstalledModules {

    /** All modules in the order of their ids; of several versions the current one. */
    List<InstalledModule> all();

    /** One module; empty when it is not installed. */
    Optional<InstalledModule> find(String id);
}
