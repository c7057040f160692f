package dev.pawl.processes.java;

import dev.pawl.api.module.Module;
import dev.pawl.api.module.TaskContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/**
 * The class of a module that runs in a JVM of its own, looked at without running any of its code.
 *
 * @param problem the reason why it cannot run there; empty when it can
 */
record ModuleClass(boolean validates, boolean cleansUp, boolean migrates, String problem) {

    private static final List<String> THERE = List.of("dev.pawl.api.", "org.slf4j", "org.osgi.framework");

    /** Looks at the class. */
    static ModuleClass of(Bundle bundle, JavaDescription description) {
        try {
            Class<?> type = bundle.loadClass(description.type());
            return new ModuleClass(
                    overrides(type, "validate"),
                    overrides(type, "cleanup"),
                    overridesMigrate(type),
                    problem(bundle, type, description));
        } catch (ReflectiveOperationException | LinkageError e) {
            return new ModuleClass(false, false, false, "its class cannot be loaded: " + e);
        }
    }

    private static boolean overrides(Class<?> type, String method) throws NoSuchMethodException {
        return type.getMethod(method, TaskContext.class).getDeclaringClass() != Module.class;
    }

    private static boolean overridesMigrate(Class<?> type) throws NoSuchMethodException {
        return type.getMethod("migrate", Map.class, Version.class).getDeclaringClass() != Module.class;
    }

    private static String problem(Bundle bundle, Class<?> type, JavaDescription description) {
        if (description.memory() == 0) {
            return "its memory is \"" + description.said() + "\"; it takes 16m or more, such as 512m or 2g";
        }
        if (Arrays.stream(type.getConstructors()).noneMatch(constructor -> constructor.getParameterCount() == 0)) {
            return "its class has no public constructor without parameters; a module in a process gets no services";
        }
        TreeSet<String> foreign = new TreeSet<>();
        for (BundleWire wire : bundle.adapt(BundleWiring.class).getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE)) {
            String name = String.valueOf(wire.getCapability().getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE));
            boolean ofTheFramework = wire.getProvider().getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID;
            if (!ofTheFramework && THERE.stream().noneMatch(name::startsWith)) {
                foreign.add(name);
            }
        }
        return foreign.isEmpty()
                ? ""
                : "it imports " + String.join(", ", foreign)
                        + ", which are not in its process; let its build pack them into its jar";
    }
}
