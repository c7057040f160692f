package dev.pawl.scheduler.catalog;

import java.util.Optional;
import java.util.Set;

/** The modules that take jobs now. Safe for many threads. */
public interface ReadyModules {

    /** The current version of a module; empty when none takes jobs. */
    Optional<ModuleVersion> current(String id);

    /** The ids of all modules that take jobs. */
    Set<String> ids();

    /** Why a module's service was not taken. */
    Optional<String> refusal(long bundle, String id);

    /** Has a bundle's modules take no more jobs, even where no other version is there. */
    void retire(long bundle);

    /** Has a bundle's modules take jobs again. */
    void reinstate(long bundle);
}
