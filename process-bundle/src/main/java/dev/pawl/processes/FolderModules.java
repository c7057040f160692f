package dev.pawl.processes;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.processes.child.Children;
import dev.pawl.processes.run.TaskProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.PrototypeServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/** The modules in folders that are started, and what they share. */
final class FolderModules implements AutoCloseable {

    private final Children children;
    private final ShimFiles shims;
    private final PythonEnvironments python;

    FolderModules(BundleContext own, Children children, PythonEnvironments python) {
        this.children = children;
        this.python = python;
        this.shims = new ShimFiles(own.getBundle());
    }

    /**
     * Registers the module of a bundle; its service goes with the bundle's stop.
     *
     * @return its processes, to be closed then
     */
    FolderProcess register(Bundle bundle) {
        ModuleDescription description = ModuleDescription.of(text(bundle));
        FolderProcess process = new FolderProcess(description, new ModuleFiles(bundle), shims, python, children);
        bundle.getBundleContext().registerService(Module.class, new Factory(description, process), properties(bundle));
        return process;
    }

    /** Prepares the module in a jar, before that is installed. */
    void prepare(Path jar) {
        python.prepare(jar);
    }

    private static String text(Bundle bundle) {
        URL entry = bundle.getEntry(ModuleDescription.ENTRY);
        if (entry == null) {
            throw new IllegalStateException("The bundle " + bundle.getSymbolicName()
                    + " has the header Pawl-Process and no " + ModuleDescription.ENTRY + ".");
        }
        try (InputStream in = entry.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The service properties that the annotation of a Java module would yield: the attributes of the capability. */
    private static Dictionary<String, Object> properties(Bundle bundle) {
        Map<String, Object> properties = new HashMap<>();
        for (BundleCapability capability :
                bundle.adapt(BundleRevision.class).getDeclaredCapabilities(AutomationModule.NAMESPACE)) {
            for (Map.Entry<String, Object> attribute :
                    capability.getAttributes().entrySet()) {
                properties.put(AutomationModule.PREFIX_ + attribute.getKey(), attribute.getValue());
            }
        }
        return FrameworkUtil.asDictionary(properties);
    }

    @Override
    public void close() {
        children.close();
    }

    private record Factory(ModuleDescription description, FolderProcess process)
            implements PrototypeServiceFactory<Module> {

        @Override
        public Module getService(Bundle user, ServiceRegistration<Module> registration) {
            process.prepare();
            TaskProcess task = new TaskProcess(process, description.cleansUp());
            return description.cleansUp()
                    ? new CleaningProcessModule(task, description.validates())
                    : new ProcessModule(task, description.validates());
        }

        @Override
        public void ungetService(Bundle user, ServiceRegistration<Module> registration, Module module) {
            if (module instanceof ProcessModule process) {
                process.close();
            } else if (module instanceof CleaningProcessModule process) {
                process.close();
            }
        }
    }
}
