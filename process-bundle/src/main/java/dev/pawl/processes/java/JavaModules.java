package dev.pawl.processes.java;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.processes.child.Children;
import dev.pawl.processes.run.ModuleProcess;
import dev.pawl.processes.run.ProcessModuleFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/**
 * The modules in Java whose tasks run in JVMs of their own. Each is registered beside its component, which the scheduler passes over, with
 * the same properties.
 */
public final class JavaModules {

    /** The property that says that this service runs each task in a process. */
    private static final String RUNS_IN_PROCESSES = "pawl.process";

    private final JvmParts parts;

    /** @param own the context of the bundle that starts processes */
    public JavaModules(BundleContext own, Children children) {
        this.parts = new JvmParts(own, children);
    }

    /**
     * Registers the modules of a bundle that ask for processes; the services go with the bundle's stop.
     *
     * @return their processes, to be closed then
     */
    public List<ModuleProcess> register(Bundle bundle) {
        List<ModuleProcess> processes = new ArrayList<>();
        for (BundleCapability declared :
                bundle.adapt(BundleRevision.class).getDeclaredCapabilities(AutomationModule.NAMESPACE)) {
            JavaDescription.of(declared).ifPresent(description -> {
                ModuleClass type = ModuleClass.of(bundle, description);
                JavaProcess process = new JavaProcess(description, type, bundle, parts);
                processes.add(process);
                bundle.getBundleContext()
                        .registerService(
                                Module.class,
                                new ProcessModuleFactory(process, type.validates(), type.cleansUp()),
                                FrameworkUtil.asDictionary(properties(declared)));
            });
        }
        return processes;
    }

    private static Map<String, Object> properties(BundleCapability declared) {
        Map<String, Object> properties = new HashMap<>();
        declared.getAttributes().forEach((name, value) -> properties.put(AutomationModule.PREFIX_ + name, value));
        properties.put(RUNS_IN_PROCESSES, true);
        properties.put(Constants.SERVICE_DESCRIPTION, "Each task in a JVM of its own.");
        return properties;
    }
}
