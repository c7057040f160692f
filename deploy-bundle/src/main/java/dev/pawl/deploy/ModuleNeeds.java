package dev.pawl.deploy;

import dev.pawl.service.deploy.ModulePreparation;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** The needs of modules on this machine, such as the packages of a Python module, as far as a bundle is there that meets them. */
final class ModuleNeeds {

    private final BundleContext context;

    ModuleNeeds(BundleContext context) {
        this.context = context;
    }

    /**
     * Meets the needs of the module in a jar, before the change, for which others wait.
     *
     * @throws dev.pawl.service.problem.ProblemException when they cannot be met
     */
    void meet(Path jar) {
        ServiceReference<ModulePreparation> reference = context.getServiceReference(ModulePreparation.class);
        ModulePreparation preparation = reference == null ? null : context.getService(reference);
        if (preparation != null) {
            try {
                preparation.prepare(jar);
            } finally {
                context.ungetService(reference);
            }
        }
    }
}
