package dev.pawl.scheduler.catalog;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.InitializationException;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Role;
import dev.pawl.scheduler.schema.ModuleMapper;
import dev.pawl.scheduler.schema.ValueSchema;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;
import org.osgi.framework.wiring.BundleWiring;

/** A module version whose service is registered. */
final class TrackedModule implements ModuleVersion {

    private final String id;
    private final ServiceReference<Module> reference;
    private final Bundle bundle;
    private final Version version;
    private final ServiceObjects<Module> objects;
    private final ClassLoader loader;
    private final int concurrency;
    private final Role role;
    private final Optional<VersionRange> checkpoints;
    private final DeclaredSchemas.Pair declared;
    private final ComponentDiagnosis diagnosis;
    private final ModuleMapper mapper = new ModuleMapper();

    /**
     * Reads the properties of the service.
     *
     * @throws IllegalArgumentException when its records or schema files are not accepted
     */
    TrackedModule(
            String id,
            ServiceReference<Module> reference,
            Bundle bundle,
            BundleContext context,
            DeclaredSchemas schemas,
            ComponentDiagnosis diagnosis) {
        this.diagnosis = diagnosis;
        this.id = id;
        this.reference = reference;
        this.bundle = bundle;
        this.version = bundle.getVersion();
        this.objects = context.getServiceObjects(reference);
        this.loader = bundle.adapt(BundleWiring.class).getClassLoader();
        this.concurrency = reference.getProperty(AutomationModule.PREFIX_ + "concurrency") instanceof Number number
                ? Math.max(0, number.intValue())
                : 0;
        this.role = BundleModules.role(reference.getProperty(AutomationModule.PREFIX_ + "role"));
        this.checkpoints = range(named("checkpoints"));
        this.declared = schemas.of(bundle, id, named("inputs"), named("settings"));
    }

    boolean isOf(Bundle other) {
        return bundle.equals(other);
    }

    Integer ranking() {
        return reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0;
    }

    Version bundleVersion() {
        return version;
    }

    Long serviceId() {
        return reference.getProperty(Constants.SERVICE_ID) instanceof Long serviceId ? serviceId : 0L;
    }

    /** Whether each task gets an instance of its own. */
    boolean isPrototype() {
        return Constants.SCOPE_PROTOTYPE.equals(reference.getProperty(Constants.SERVICE_SCOPE));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String version() {
        return version.toString();
    }

    @Override
    public long bundle() {
        return bundle.getBundleId();
    }

    @Override
    public Optional<VersionRange> checkpoints() {
        return checkpoints;
    }

    @Override
    public int concurrency() {
        return concurrency;
    }

    @Override
    public Role role() {
        return role;
    }

    @Override
    public ValueSchema inputs() {
        return declared.inputs();
    }

    @Override
    public Class<?> inputsType() {
        return declared.inputsType();
    }

    @Override
    public ValueSchema settings() {
        return declared.settings();
    }

    @Override
    public ModuleMapper mapper() {
        return mapper;
    }

    @Override
    public ClassLoader loader() {
        return loader;
    }

    @Override
    public Module create() {
        Module instance;
        try {
            instance = objects.getService();
        } catch (IllegalStateException e) {
            throw new InitializationException("Module " + id + " went away.", e);
        }
        if (instance == null) { // Declarative Services does not pass the exception on
            throw diagnosis
                    .activationFailure(bundle, id)
                    .orElseGet(() -> new InitializationException(
                            "Module " + id + " could not be constructed; the server's log says why."));
        }
        return instance;
    }

    @Override
    public void release(Module instance) {
        try {
            objects.ungetService(instance);
        } catch (IllegalStateException | IllegalArgumentException e) {
            return; // the service went away, and its instances with it
        }
    }

    private static Optional<VersionRange> range(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(new VersionRange(text.strip()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Its checkpoints are \"" + text + "\", which is no range of versions such as [1.2,2).", e);
        }
    }

    private String named(String member) {
        return reference.getProperty(AutomationModule.PREFIX_ + member) instanceof String name ? name : "";
    }
}
