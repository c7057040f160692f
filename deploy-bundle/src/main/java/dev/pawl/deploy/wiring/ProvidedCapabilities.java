package dev.pawl.deploy.wiring;

import dev.pawl.api.module.AutomationModule;
import dev.pawl.api.module.Module;
import dev.pawl.api.module.Schedule;
import dev.pawl.service.deploy.Impact.Kind;
import dev.pawl.service.deploy.Impact.ProvidedCapability;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.resource.Capability;

/** The capabilities that a bundle provides to jobs and to other bundles, from its manifest and from the framework. */
final class ProvidedCapabilities {

    private static final String SERVICE_NAMESPACE = "osgi.service";
    private static final String OWN_NAMESPACES = "osgi.";

    private ProvidedCapabilities() {}

    /** The capabilities that its manifest declares. */
    static List<ProvidedCapability> of(Collection<Capability> capabilities) {
        Set<ProvidedCapability> provided = new LinkedHashSet<>();
        for (Capability capability : capabilities) {
            Map<String, Object> attributes = capability.getAttributes();
            switch (capability.getNamespace()) {
                case AutomationModule.NAMESPACE ->
                    provided.add(new ProvidedCapability(Kind.MODULE, String.valueOf(attributes.get("id"))));
                case Schedule.NAMESPACE -> provided.add(new ProvidedCapability(Kind.SCHEDULE, schedule(attributes)));
                case PackageNamespace.PACKAGE_NAMESPACE ->
                    provided.add(new ProvidedCapability(
                            Kind.PACKAGE,
                            attributes.get(PackageNamespace.PACKAGE_NAMESPACE) + " "
                                    + attributes.get(PackageNamespace.CAPABILITY_VERSION_ATTRIBUTE)));
                case SERVICE_NAMESPACE ->
                    names(attributes.get(Constants.OBJECTCLASS)).forEach(name -> addService(provided, name));
                default -> {
                    if (!capability.getNamespace().startsWith(OWN_NAMESPACES)) {
                        provided.add(new ProvidedCapability(Kind.CAPABILITY, capability.getNamespace()));
                    }
                }
            }
        }
        return List.copyOf(provided);
    }

    /** A schedule with its rule, so that another rule is another capability. */
    private static String schedule(Map<String, Object> attributes) {
        return attributes.get("name") + ": "
                + Stream.of("cron", "every", "time_zone", "inputs")
                        .map(attributes::get)
                        .filter(Objects::nonNull)
                        .map(String::valueOf)
                        .filter(value -> !value.isEmpty())
                        .collect(Collectors.joining(" "))
                        .replace("\\\"", "\""); // Felix leaves quotes within quotes as the manifest has them
    }

    /** The services that a bundle has registered. */
    static List<ProvidedCapability> registered(Bundle bundle) {
        Set<ProvidedCapability> provided = new LinkedHashSet<>();
        ServiceReference<?>[] services = bundle.getRegisteredServices();
        for (ServiceReference<?> service : services == null ? new ServiceReference<?>[0] : services) {
            names(service.getProperty(Constants.OBJECTCLASS)).forEach(name -> addService(provided, name));
        }
        return List.copyOf(provided);
    }

    private static void addService(Set<ProvidedCapability> provided, String name) {
        if (!name.equals(Module.class.getName())) { // listed as a module
            provided.add(new ProvidedCapability(Kind.SERVICE, name));
        }
    }

    private static List<String> names(@Nullable Object value) {
        List<String> names = new ArrayList<>();
        if (value instanceof Object[] several) {
            for (Object one : several) {
                names.add(String.valueOf(one));
            }
        } else if (value instanceof Collection<?> several) {
            several.forEach(one -> names.add(String.valueOf(one)));
        } else {
            names.add(String.valueOf(value));
        }
        return names;
    }
}
