package dev.pawl.scheduler.catalog;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Isolation;
import dev.pawl.api.module.Module;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tracks the services of modules. Of several versions of a module that are not retired the one with the highest ranking is current, then
 * the newest.
 */
public final class ModuleTracker implements ReadyModules, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ModuleTracker.class);
    private static final Comparator<TrackedModule> BEST = Comparator.comparing(TrackedModule::ranking)
            .thenComparing(TrackedModule::bundleVersion)
            .thenComparing(TrackedModule::serviceId);

    private static final String ISOLATION = AutomationModule.PREFIX_ + "isolation";

    /** The property of a service that runs each task in a process. */
    private static final String RUNS_IN_PROCESSES = "pawl.process";

    private final BundleContext context;
    private final DeclaredSchemas schemas;
    private final ComponentDiagnosis diagnosis;
    private final ServiceTracker<Module, TrackedModule> services;
    private final List<TrackedModule> tracked = new CopyOnWriteArrayList<>();
    private final Map<String, String> refused = new ConcurrentHashMap<>();
    private final Set<Long> retired = ConcurrentHashMap.newKeySet();
    private volatile Map<String, ModuleVersion> current = Map.of();
    private volatile @Nullable Listener listener;

    /** Listener to modules that come and go; called on the thread that registers or unregisters the service. */
    public interface Listener {
        /** A module takes jobs now. */
        void arrived(ModuleVersion version);

        /** A module takes no more jobs; its service goes when this returns. */
        void leaving(ModuleVersion version);
    }

    /** Tracks nothing yet. */
    public ModuleTracker(BundleContext context, DeclaredSchemas schemas, ComponentDiagnosis diagnosis) {
        this.diagnosis = diagnosis;
        this.context = context;
        this.schemas = schemas;
        this.services = new ServiceTracker<>(context, Module.class, new Customizer());
    }

    /** Takes up the modules that are there, and follows them from now on. */
    public void open(Listener changes) {
        listener = changes;
        services.open();
    }

    @Override
    public void close() {
        services.close();
    }

    @Override
    public Optional<ModuleVersion> current(String id) {
        return Optional.ofNullable(current.get(id));
    }

    @Override
    public Set<String> ids() {
        return current.keySet();
    }

    @Override
    public void retire(long bundle) {
        retired.add(bundle);
        choose();
    }

    @Override
    public void reinstate(long bundle) {
        retired.remove(bundle);
        choose();
    }

    @Override
    public Optional<String> refusal(long bundle, String id) {
        return Optional.ofNullable(refused.get(key(bundle, id)));
    }

    /** Whether the bundle's modules take no more jobs, though their services are there. */
    boolean isRetired(Bundle bundle) {
        return retired.contains(bundle.getBundleId());
    }

    /** The module of that id that the bundle offers. */
    Optional<TrackedModule> of(Bundle bundle, String id) {
        return tracked.stream()
                .filter(module -> module.id().equals(id) && module.isOf(bundle))
                .findFirst();
    }

    private static String key(long bundle, String id) {
        return bundle + "/" + id;
    }

    private synchronized void choose() {
        retired.removeIf(bundle -> context.getBundle(bundle) == null);
        Map<String, TrackedModule> best = new HashMap<>();
        tracked.stream()
                .filter(module -> !retired.contains(module.bundle()))
                .forEach(module ->
                        best.merge(module.id(), module, (one, other) -> BEST.compare(one, other) >= 0 ? one : other));
        current = Map.copyOf(best);
    }

    private final class Customizer implements ServiceTrackerCustomizer<Module, TrackedModule> {

        @Override
        public @Nullable TrackedModule addingService(ServiceReference<Module> reference) {
            Object id = reference.getProperty(AutomationModule.PREFIX_ + "id");
            Bundle bundle = reference.getBundle();
            if (!(id instanceof String name) || bundle == null) {
                LOG.warn("A Module service of {} has no property pawl.module.id and is left alone.", bundle);
                return null;
            }
            if (isLeftToProcesses(reference)) {
                return null; // another service of the bundle takes its jobs
            }
            try {
                TrackedModule module = new TrackedModule(name, reference, bundle, context, schemas, diagnosis);
                refused.remove(key(bundle.getBundleId(), name));
                tracked.add(module);
                choose();
                LOG.info("Module {} {} takes jobs.", name, module.version());
                tell(module, true);
                return module;
            } catch (IllegalArgumentException e) {
                refused.put(key(bundle.getBundleId(), name), String.valueOf(e.getMessage()));
                LOG.error("Module {} of {} takes no jobs: {}", name, bundle, e.getMessage(), e);
                return null;
            }
        }

        /** Whether it is the component of a module that must not run in this JVM, and not what runs it in another. */
        private static boolean isLeftToProcesses(ServiceReference<Module> reference) {
            return Isolation.PROCESS.name().equals(String.valueOf(reference.getProperty(ISOLATION)))
                    && !Boolean.TRUE.equals(reference.getProperty(RUNS_IN_PROCESSES));
        }

        @Override
        public void modifiedService(ServiceReference<Module> reference, TrackedModule module) {
            choose(); // the ranking may be another
        }

        @Override
        public void removedService(ServiceReference<Module> reference, TrackedModule module) {
            tracked.remove(module);
            choose();
            LOG.info("Module {} {} takes no jobs any more.", module.id(), module.version());
            tell(module, false);
        }

        private void tell(TrackedModule module, boolean came) {
            Listener known = listener;
            if (known != null && came) {
                known.arrived(module);
            } else if (known != null) {
                known.leaving(module);
            }
        }
    }
}
