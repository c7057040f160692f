package dev.pawl.scheduler.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Namespace;

/** Explains why a bundle does not resolve, for example since the module that exported a package to it was removed. */
final class ResolveDiagnosis {

    private static final Pattern PACKAGE = Pattern.compile("\\(osgi\\.wiring\\.package=(?<name>[^)]+)\\)"
            + "(\\(version>=(?<from>[^)]+)\\))?(\\(!\\(version>=(?<to>[^)]+)\\)\\))?");

    private final BundleContext framework;
    private final FrameworkWiring wiring;

    /** Looks at the framework when it is asked. */
    ResolveDiagnosis(BundleContext context) {
        framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getBundleContext();
        wiring = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
    }

    /** The reason, as a sentence; empty when the bundle is resolved, or when all that it requires is there. */
    Optional<String> of(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        if (revision == null || bundle.getState() != Bundle.INSTALLED) {
            return Optional.empty();
        }
        String lacking = revision.getDeclaredRequirements(null).stream()
                .filter(ResolveDiagnosis::isMandatory)
                .flatMap(requirement -> lack(bundle, requirement).stream())
                .distinct()
                .collect(Collectors.joining(", "));
        return lacking.isEmpty()
                ? Optional.empty()
                : Optional.of("Its bundle does not resolve; missing: " + lacking + ".");
    }

    private Optional<String> lack(Bundle bundle, BundleRequirement requirement) {
        List<BundleCapability> all = new ArrayList<>(wiring.findProviders(requirement));
        all.removeIf(provider -> provider.getRevision().getBundle().getState() == Bundle.UNINSTALLED);
        List<Bundle> offering = visible(requirement, all).stream()
                .map(provider -> provider.getRevision().getBundle())
                .toList();
        if (offering.isEmpty()) {
            return Optional.of(text(requirement)
                    + (all.isEmpty() ? "" : " (the server has it for itself; the bundle must bring its own)"));
        }
        return offering.stream().anyMatch(provider -> provider == bundle || provider.getState() != Bundle.INSTALLED)
                ? Optional.empty()
                : Optional.of(text(requirement) + " (of bundle "
                        + offering.get(0).getSymbolicName() + ", which does not resolve itself)");
    }

    /** The capabilities that the launcher's resolver hook shows to modules; the framework's own search does not ask the hook. */
    private List<BundleCapability> visible(BundleRequirement requirement, List<BundleCapability> all) {
        List<BundleCapability> visible = new ArrayList<>(all);
        try {
            for (ServiceReference<ResolverHookFactory> reference :
                    framework.getServiceReferences(ResolverHookFactory.class, null)) {
                ResolverHookFactory factory =
                        reference.getBundle() == framework.getBundle() ? framework.getService(reference) : null;
                ResolverHook hook = factory == null ? null : factory.begin(List.of(requirement.getRevision()));
                if (hook != null) {
                    hook.filterMatches(requirement, visible);
                    hook.end();
                }
            }
            return visible;
        } catch (InvalidSyntaxException none) {
            throw new IllegalStateException("There is no filter.", none);
        }
    }

    private static boolean isMandatory(BundleRequirement requirement) {
        Map<String, String> directives = requirement.getDirectives();
        String resolution = directives.get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE);
        String effective = directives.get(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE);
        return (resolution == null || resolution.equals(Namespace.RESOLUTION_MANDATORY))
                && (effective == null || effective.equals(Namespace.EFFECTIVE_RESOLVE));
    }

    /**
     * The requirement in words, such as {@code package org.example [1.2.0,2.0.0)}; one for anything but a package as it stands in the
     * manifest.
     */
    private static String text(BundleRequirement requirement) {
        String filter = requirement.getDirectives().getOrDefault(Namespace.REQUIREMENT_FILTER_DIRECTIVE, "");
        Matcher asked = PACKAGE.matcher(filter);
        if (!asked.find()) {
            return requirement.getNamespace() + " " + (filter.isEmpty() ? requirement.getAttributes() : filter);
        }
        String from = asked.group("from");
        String to = asked.group("to");
        String range = from == null ? "" : to == null ? " " + from + " or later" : " [" + from + "," + to + ")";
        return "package " + asked.group("name") + range;
    }
}
