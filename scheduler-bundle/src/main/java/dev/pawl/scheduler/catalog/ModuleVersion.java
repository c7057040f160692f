package dev.pawl.scheduler.catalog;

import dev.pawl.api.module.Module;
import dev.pawl.api.module.Role;
import dev.pawl.scheduler.schema.ModuleMapper;
import dev.pawl.scheduler.schema.ValueSchema;
import java.util.Optional;
import org.osgi.framework.VersionRange;

/** One version of a module that takes jobs: what makes its instances. Safe for many threads. */
public interface ModuleVersion {

    /** The id that jobs name. */
    String id();

    /** The bundle's version. */
    String version();

    /** The framework's id of the bundle that holds it. */
    long bundle();

    /** Which versions' checkpoints its jobs may go on from; empty for any. */
    Optional<VersionRange> checkpoints();

    /** How many of its jobs may run at once, as its author says; 0 when only the slots limit them. */
    int concurrency();

    /** The role that starting its jobs takes. */
    Role role();

    /** What its tasks take. */
    ValueSchema inputs();

    /** The record of the inputs. */
    Class<?> inputsType();

    /** What configures it. */
    ValueSchema settings();

    /** Between its objects and JSON. */
    ModuleMapper mapper();

    /** The context class loader of its threads. */
    ClassLoader loader();

    /** Makes an instance for one task; throws what the module throws. */
    Module create();

    /** Gives an instance back; harmless when the module has gone meanwhile. */
    void release(Module instance);
}
