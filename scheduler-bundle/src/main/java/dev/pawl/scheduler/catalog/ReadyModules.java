package dev.pawl.scheduler.catalog;

import java.util.Optional;
import java.util.Set;

/** The modules that take jobs now. Safe for many threads. */
public interface ReadyModules {

    /** The current version of a module; empty when none takes jobs. */
    Optional<ModuleVersion> current(String id);

    /** The ids of all modules that take jobs. */
    Set<String> ids();

    /** Reason why a module's service was not taken; empty when it was. */
    Optional<String> refusal(long bundle, String id);

    /** Lets the modules of a bundle take no more jobs, even where no other version is there. */
    void retire(long bundle);

    /** Lets the modules of a bundle take jobs again. */
    void reinstate(long bundle);
}
