package dev.pawl.deploy.bundle;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.service.deploy.Deployment.ModuleIdentity;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks that a started bundle has the modules that its manifest declares: as services, or as components with an unsatisfied reference or
 * configuration. A bundle that has neither was built without its component descriptions.
 */
public final class ModuleActivation {

    private static final Logger LOG = LoggerFactory.getLogger(ModuleActivation.class);
    private static final String ID_PROPERTY = AutomationModule.PREFIX_ + "id";

    /** The time to wait for bundles that register their services on a thread of their own. */
    private static final long SERVICE_TIMEOUT_MS = 1_000;

    /** A placeholder for a registered service; the service object is never needed. */
    private static final Module PRESENT = task -> {};

    private final BundleContext framework;
    private final @Nullable ServiceComponentRuntime components;
    private final JobDrain jobs;

    /** @param components the component runtime; null when there is none */
    public ModuleActivation(BundleContext framework, @Nullable ServiceComponentRuntime components, JobDrain jobs) {
        this.framework = framework;
        this.components = components;
        this.jobs = jobs;
    }

    /** Checks a bundle; throws a {@link ProblemException} that names the module that is missing or takes no jobs. */
    public void check(Bundle bundle, List<ModuleIdentity> modules) {
        for (ModuleIdentity module : modules) {
            Optional<ComponentDescriptionDTO> component = component(bundle, module.id());
            component.ifPresent(found -> checkClass(bundle, module.id(), found.implementationClass));
            if (isService(bundle, module.id())) {
                checkTaken(bundle, module.id());
                continue;
            }
            if (component.isPresent()) {
                LOG.info(
                        "Module {} of {} has an unsatisfied reference or configuration.",
                        module.id(),
                        ModuleBundles.name(bundle));
            } else if (!comes(bundle, module.id())) {
                throw new ProblemException(
                        ProblemCode.ACTIVATION_FAILED,
                        "The bundle " + ModuleBundles.name(bundle)
                                + " started, but it has no component and no service for the module " + module.id()
                                + ". Put `@Component(service = Module.class, scope = ServiceScope.PROTOTYPE)` above its"
                                + " class.");
            }
        }
    }

    private void checkTaken(Bundle bundle, String module) {
        jobs.refusal(bundle.getBundleId(), module).ifPresent(why -> {
            throw new ProblemException(
                    ProblemCode.ACTIVATION_FAILED,
                    "The bundle " + ModuleBundles.name(bundle) + " started, but its module " + module
                            + " takes no jobs: " + why);
        });
    }

    private static boolean isService(Bundle bundle, String module) {
        ServiceReference<?>[] services = bundle.getRegisteredServices();
        if (services != null) {
            for (ServiceReference<?> service : services) {
                if (module.equals(service.getProperty(ID_PROPERTY))) {
                    return true;
                }
            }
        }
        return false;
    }

    private Optional<ComponentDescriptionDTO> component(Bundle bundle, String module) {
        return components == null
                ? Optional.empty()
                : components.getComponentDescriptionDTOs(bundle).stream()
                        .filter(component -> module.equals(component.properties.get(ID_PROPERTY)))
                        .findFirst();
    }

    /** The service is registered before its class is loaded; without the class every job of the module would fail. */
    private static void checkClass(Bundle bundle, String module, String name) {
        try {
            bundle.loadClass(name);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new ProblemException(
                    ProblemCode.ACTIVATION_FAILED,
                    "The bundle " + ModuleBundles.name(bundle) + " started, but the class " + name + " of its module "
                            + module + " cannot be loaded: " + e,
                    e);
        }
    }

    private boolean comes(Bundle bundle, String module) {
        ServiceTracker<Module, Module> tracker = new ServiceTracker<>(framework, filter(bundle, module), null) {
            @Override
            public Module addingService(ServiceReference<Module> reference) {
                return PRESENT;
            }

            @Override
            public void removedService(ServiceReference<Module> reference, Module service) {}
        };
        tracker.open(true);
        try {
            return tracker.waitForService(SERVICE_TIMEOUT_MS) != null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the interrupt asks this thread to stop waiting
            return false;
        } finally {
            tracker.close();
        }
    }

    private static Filter filter(Bundle bundle, String module) {
        try {
            return FrameworkUtil.createFilter(
                    "(&(" + Constants.OBJECTCLASS + "=" + Module.class.getName() + ")(" + Constants.SERVICE_BUNDLEID
                            + "=" + bundle.getBundleId() + ")(" + ID_PROPERTY + "=" + module + "))");
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("A module id has no characters that are special in filters.", e);
        }
    }
}
