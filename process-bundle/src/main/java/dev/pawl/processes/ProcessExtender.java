package dev.pawl.processes;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.processes.child.Children;
import dev.pawl.processes.run.ModuleProcess;
import dev.pawl.service.deploy.ModulePreparation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers a module for each started bundle that holds a module's folder, on behalf of that bundle. Nothing else of this bundle is loaded
 * before there is one.
 */
public final class ProcessExtender
        implements BundleActivator, BundleTrackerCustomizer<List<ModuleProcess>>, ModulePreparation {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessExtender.class);

    /** The header that says that a bundle holds a module's folder. */
    private static final String HEADER = "Pawl-Process";

    /** A module may be between its preparation and its installation for so long. */
    private static final Duration ENVIRONMENTS_KEPT = Duration.ofHours(1);

    private @Nullable BundleTracker<List<ModuleProcess>> tracker;
    private @Nullable FolderModules modules;
    private @Nullable BundleContext own;

    @Override
    public void start(BundleContext context) {
        own = context;
        Path marks = markFile(context);
        if (Files.exists(marks)) {
            Children.sweepEarlier(marks);
        }
        BundleTracker<List<ModuleProcess>> opened = new BundleTracker<>(context, Bundle.ACTIVE, this);
        tracker = opened;
        opened.open();
        context.registerService(ModulePreparation.class, this, null);
    }

    private static Path markFile(BundleContext context) {
        return dataFolder(context).resolve("processes.mark");
    }

    private static Path dataFolder(BundleContext context) {
        String data = context.getProperty("pawl.data.dir");
        return Path.of(data == null || data.isBlank() ? System.getProperty("user.home") + "/.pawl" : data)
                .toAbsolutePath();
    }

    @Override
    public @Nullable List<ModuleProcess> addingBundle(Bundle bundle, @Nullable BundleEvent event) {
        if (bundle.getHeaders("").get(HEADER) != null) {
            return List.of(modules().register(bundle));
        }
        return asksForProcesses(bundle) ? modules().registerJava(bundle) : null;
    }

    /** Whether the bundle has a module in Java that runs in JVMs of its own. */
    private static boolean asksForProcesses(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        if (revision != null) {
            for (BundleCapability declared : revision.getDeclaredCapabilities(AutomationModule.NAMESPACE)) {
                if ("PROCESS".equals(declared.getAttributes().get("isolation"))) {
                    return true;
                }
            }
        }
        return false;
    }

    private synchronized FolderModules modules() {
        FolderModules known = modules;
        BundleContext context = own;
        if (known == null && context != null) {
            Children children = new Children(
                    markFile(context),
                    Thread.currentThread().getThreadGroup(),
                    ProcessSettings.containment(context, dataFolder(context)));
            known = new FolderModules(
                    context,
                    children,
                    new PythonEnvironments(
                            dataFolder(context),
                            new PythonInterpreter(),
                            ProcessSettings.pip(context),
                            InstantSource.system(),
                            ENVIRONMENTS_KEPT));
            modules = known;
            LOG.info("{}", children.bounds().sentence());
            showHealth(context, children);
        }
        if (known == null) {
            throw new IllegalStateException("The bundle is not started.");
        }
        return known;
    }

    private static void showHealth(BundleContext context, Children children) {
        try {
            ProcessHealth.register(context, children);
        } catch (
                NoClassDefFoundError
                        e) { // the package comes with the bundle that shows health checks, which may be left out
            LOG.debug("No bundle shows health checks.", e);
        }
    }

    @Override
    public void prepare(Path jar) {
        modules().prepare(jar);
    }

    @Override
    public void modifiedBundle(Bundle bundle, @Nullable BundleEvent event, List<ModuleProcess> processes) {
        // Its headers do not change while it is started.
    }

    @Override
    public void removedBundle(Bundle bundle, @Nullable BundleEvent event, List<ModuleProcess> processes) {
        processes.forEach(ModuleProcess::close); // the framework has unregistered the service with the bundle
    }

    @Override
    public void stop(BundleContext context) {
        BundleTracker<List<ModuleProcess>> opened = tracker;
        if (opened != null) {
            opened.close();
        }
        FolderModules known = modules;
        if (known != null) {
            known.close();
        }
    }
}
