package dev.pawl.scheduler.catalog;

import java.util.List;
import java.util.Optional;

/** Every module that is installed. Safe for many threads. */
public interface InstalledModules {

    /** In the order of the ids; of several versions the current one. */
    List<InstalledModule> all();

    /** One of them. */
    Optional<InstalledModule> find(String id);
}
