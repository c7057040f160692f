package dev.pawl.deploy;

import dev.pawl.api.problem.ProblemCode;
import dev.pawl.api.problem.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.utils.resource.CapabilitySet;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.resource.Capability;
import org.osgi.resource.Namespace;
import org.osgi.resource.Requirement;

/**
 * Looks whether the framework, as it is now, offers all that a jar requires, without the jar being installed. Constraints between
 * several packages ({@code uses}) are left to the real resolve, which follows.
 */
final class TrialResolve {

    /** How the manifest's Import-Package is written as a filter. */
    private static final Pattern PACKAGE_FILTER = Pattern.compile("\\(?&?\\(osgi\\.wiring\\.package=(?<name>[^)]*)\\)"
            + "(\\(version>=(?<floor>[^)]*)\\)(\\(!\\(version>=(?<ceiling>[^)]*)\\)\\))?)?\\)?");

    private static final String FILTER = Namespace.REQUIREMENT_FILTER_DIRECTIVE;

    private final BundleContext framework;

    TrialResolve(BundleContext framework) {
        this.framework = framework;
    }

    /** Throws a {@link ProblemException} that names everything that is missing. */
    void check(ModuleJar jar) {
        List<String> missing = jar.resource().getRequirements(null).stream()
                .filter(TrialResolve::isMandatory)
                .filter(requirement -> !isOffered(requirement, jar))
                .map(requirement -> describe(requirement) + whatThereIs(requirement))
                .distinct()
                .toList();
        if (!missing.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.UNRESOLVED,
                    "The bundle " + jar.bundle() + " " + jar.version() + " does not resolve; missing: "
                            + String.join(", ", missing) + ".");
        }
    }

    private boolean isOffered(Requirement requirement, ModuleJar jar) {
        Stream<Capability> own = jar.resource().getCapabilities(requirement.getNamespace()).stream();
        Stream<Capability> others = Arrays.stream(framework.getBundles())
                .filter(bundle -> !jar.bundle().equals(bundle.getSymbolicName()))
                .flatMap(bundle -> offered(bundle, requirement.getNamespace()));
        return Stream.concat(own, others).anyMatch(capability -> CapabilitySet.matches(capability, requirement));
    }

    /** Such as {@code  (there is 1.0.0)}, when the package or bundle is there in other versions. */
    private String whatThereIs(Requirement requirement) {
        Matcher packageFilter =
                PACKAGE_FILTER.matcher(requirement.getDirectives().getOrDefault(FILTER, ""));
        String namespace = requirement.getNamespace();
        Object name = packageFilter.matches()
                ? packageFilter.group("name")
                : requirement.getAttributes().get(namespace);
        if (name == null) {
            return "";
        }
        String version = namespace.equals(PackageNamespace.PACKAGE_NAMESPACE)
                ? PackageNamespace.CAPABILITY_VERSION_ATTRIBUTE
                : BundleNamespace.CAPABILITY_BUNDLE_VERSION_ATTRIBUTE;
        String versions = Arrays.stream(framework.getBundles())
                .flatMap(bundle -> offered(bundle, namespace))
                .filter(capability -> name.equals(capability.getAttributes().get(namespace)))
                .map(capability -> String.valueOf(capability.getAttributes().get(version)))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return versions.isEmpty() ? "" : " (there is " + versions + ")";
    }

    private static Stream<Capability> offered(Bundle bundle, String namespace) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision == null
                ? Stream.empty()
                : revision.getDeclaredCapabilities(namespace).stream().map(Capability.class::cast);
    }

    private static boolean isMandatory(Requirement requirement) {
        String resolution = requirement
                .getDirectives()
                .getOrDefault(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE, Namespace.RESOLUTION_MANDATORY);
        String effective = requirement
                .getDirectives()
                .getOrDefault(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE, Namespace.EFFECTIVE_RESOLVE);
        return resolution.equals(Namespace.RESOLUTION_MANDATORY) && effective.equals(Namespace.EFFECTIVE_RESOLVE);
    }

    /** Such as {@code package org.example [1.2.0,2.0.0)}; what is no package or bundle, as it stands in the manifest. */
    private static String describe(Requirement requirement) {
        String namespace = requirement.getNamespace();
        String filter = requirement.getDirectives().getOrDefault(FILTER, "");
        String kind =
                switch (namespace) {
                    case PackageNamespace.PACKAGE_NAMESPACE -> "package";
                    case BundleNamespace.BUNDLE_NAMESPACE -> "bundle";
                    default -> namespace;
                };
        Matcher packageFilter = PACKAGE_FILTER.matcher(filter);
        if (packageFilter.matches()) {
            return (kind + " " + packageFilter.group("name") + " " + range(packageFilter)).trim();
        }
        Object name = requirement.getAttributes().get(namespace);
        Object range = requirement.getAttributes().get(Constants.BUNDLE_VERSION_ATTRIBUTE);
        return name == null ? kind + " " + filter : kind + " " + name + (range == null ? "" : " " + range);
    }

    private static String range(Matcher filter) {
        String floor = filter.group("floor");
        String ceiling = filter.group("ceiling");
        if (ceiling != null) {
            return "[" + floor + "," + ceiling + ")";
        }
        return floor == null ? "" : floor + " or later";
    }
}
