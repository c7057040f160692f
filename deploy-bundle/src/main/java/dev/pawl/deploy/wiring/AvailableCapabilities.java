package dev.pawl.deploy.wiring;

import dev.pawl.deploy.bundle.ModuleBundles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.felix.utils.resource.CapabilitySet;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.resource.Namespace;
import org.osgi.resource.Requirement;

/**
 * The capabilities of the installed bundles, and those of them to which another bundle could be wired. The framework's resolver hooks are
 * called, so that the result is the same as the framework's. Packages are looked up by name, since a bundle may import thousands.
 */
final class AvailableCapabilities {

    private static final Pattern PACKAGE_NAME =
            Pattern.compile("\\(" + Pattern.quote(PackageNamespace.PACKAGE_NAMESPACE) + "=(?<name>[^)*]+)\\)");

    private final Map<String, List<BundleCapability>> packages = new HashMap<>();
    private final Map<String, List<BundleCapability>> others = new HashMap<>();
    private final List<ResolverHook> hooks;

    /** Collects the capabilities of all bundles and begins the resolver hooks; must be followed by {@link #end}. */
    AvailableCapabilities(BundleContext framework, BundleRevision planned) {
        Arrays.stream(framework.getBundles())
                .map(bundle -> bundle.adapt(BundleRevision.class))
                .filter(revision -> revision != null)
                .flatMap(revision -> revision.getDeclaredCapabilities(null).stream())
                .forEach(this::add);
        this.hooks = hooks(framework, List.of(planned));
    }

    /** The package of a requirement; empty when it requires something else. */
    static String packageName(Requirement requirement) {
        if (!requirement.getNamespace().equals(PackageNamespace.PACKAGE_NAMESPACE)) {
            return "";
        }
        Matcher name = PACKAGE_NAME.matcher(
                requirement.getDirectives().getOrDefault(Namespace.REQUIREMENT_FILTER_DIRECTIVE, ""));
        return name.find() ? name.group("name") : "";
    }

    /** The capabilities of the same namespace, and for a package of the same name, in any version. */
    List<BundleCapability> alike(Requirement requirement) {
        String name = packageName(requirement);
        return name.isEmpty()
                ? others.getOrDefault(requirement.getNamespace(), List.of())
                : packages.getOrDefault(name, List.of());
    }

    /** The capabilities to which the bundle may be wired, whether they match the requirement or not. */
    List<BundleCapability> visible(BundleRequirement requirement) {
        List<BundleCapability> visible = new ArrayList<>(alike(requirement));
        hooks.forEach(hook -> hook.filterMatches(requirement, visible));
        return visible;
    }

    /** The capabilities that match the requirement. */
    List<BundleCapability> matching(BundleRequirement requirement) {
        List<BundleCapability> matching = new ArrayList<>(alike(requirement));
        matching.removeIf(capability -> !CapabilitySet.matches(capability, requirement));
        if (!matching.isEmpty()) {
            hooks.forEach(hook -> hook.filterMatches(requirement, matching));
        }
        return matching;
    }

    /** Ends the resolver hooks. */
    void end() {
        hooks.forEach(ResolverHook::end);
    }

    private void add(BundleCapability capability) {
        Object name = capability.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE);
        if (name == null) {
            others.computeIfAbsent(capability.getNamespace(), key -> new ArrayList<>())
                    .add(capability);
        } else {
            packages.computeIfAbsent(String.valueOf(name), key -> new ArrayList<>())
                    .add(capability);
        }
    }

    /** The server's own hooks; code of modules is not called. */
    private static List<ResolverHook> hooks(BundleContext framework, Collection<BundleRevision> triggers) {
        try {
            List<ServiceReference<ResolverHookFactory>> references =
                    new ArrayList<>(framework.getServiceReferences(ResolverHookFactory.class, null));
            references.sort(Comparator.reverseOrder()); // in the framework's order: the highest ranking first
            List<ResolverHook> hooks = new ArrayList<>();
            for (ServiceReference<ResolverHookFactory> reference : references) {
                ResolverHookFactory factory =
                        ModuleBundles.isOurs(reference.getBundle()) ? null : framework.getService(reference);
                ResolverHook hook = factory == null ? null : factory.begin(triggers);
                if (hook != null) {
                    hooks.add(hook);
                }
            }
            return hooks;
        } catch (InvalidSyntaxException none) {
            throw new IllegalStateException("A lookup without a filter cannot be invalid.", none);
        }
    }
}
