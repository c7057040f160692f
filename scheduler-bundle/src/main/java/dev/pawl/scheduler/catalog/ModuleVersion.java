package dev.pawl.scheduler.catalog;

import dev.pawl.api.module.Module;
import dev.pawl.api.module.Role;
import dev.pawl.scheduler.schema.ModuleMapper;
import dev.pawl.scheduler.schema.ValueSchema;
import java.util.Optional;
import org.osgi.framework.VersionRange;

/** One version of a module that takes jobs, and the factory of its instances. Safe for many threads. */
public interface ModuleVersion {

    /** The id that jobs name. */
    String id();

    /** The bundle's version. */
    String version();

    /** The framework's id of the bundle that holds it. */
    long bundle();

    /** Range of versions whose checkpoints its jobs may go on from; empty for any. */
    Optional<VersionRange> checkpoints();

    /** Number of its jobs that may run at once, as its author says; 0 when only the slots limit them. */
    int concurrency();

    /** The role that starting its jobs takes. */
    Role role();

    /** Schema of the inputs of its tasks. */
    ValueSchema inputs();

    /** The record of the inputs. */
    Class<?> inputsType();

    /** Schema of its settings. */
    ValueSchema settings();

    /** Mapper between its objects and JSON. */
    ModuleMapper mapper();

    /** The context class loader of its threads. */
    ClassLoader loader();

    /** Makes an instance for one task; throws what the module throws. */
    Module create();

    /** Gives an instance back; harmless when the module has gone meanwhile. */
    void release(Module instance);
}
