package dev.pawl.processes;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.processes.child.Children;
import dev.pawl.processes.java.JavaModules;
import dev.pawl.processes.run.ModuleProcess;
import dev.pawl.processes.run.ProcessModuleFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/** The modules in folders that are started, and what they share. */
final class FolderModules implements AutoCloseable {

    private final Children children;
    private final ShimFiles shims;
    private final PythonEnvironments python;
    private final JavaModules java;

    FolderModules(BundleContext own, Children children, PythonEnvironments python) {
        this.children = children;
        this.python = python;
        this.shims = new ShimFiles(own.getBundle());
        this.java = new JavaModules(own, children);
    }

    /**
     * Registers the module of a bundle; its service goes with the bundle's stop.
     *
     * @return its processes, to be closed then
     */
    FolderProcess register(Bundle bundle) {
        ModuleDescription description = ModuleDescription.of(text(bundle));
        FolderProcess process = new FolderProcess(description, new ModuleFiles(bundle), shims, python, children);
        bundle.getBundleContext()
                .registerService(
                        Module.class,
                        new ProcessModuleFactory(process, description.validates(), description.cleansUp()),
                        properties(bundle));
        return process;
    }

    /** Prepares the module in a jar, before that is installed. */
    void prepare(Path jar) {
        python.prepare(jar);
    }

    /** Registers the modules in Java of a bundle that run in JVMs of their own. */
    List<ModuleProcess> registerJava(Bundle bundle) {
        return java.register(bundle);
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
}
