package dev.pawl.deploy.wiring;

import dev.pawl.deploy.artifact.EmbeddingAdvice;
import dev.pawl.deploy.artifact.ModuleJar;
import dev.pawl.service.problem.ProblemCode;
import dev.pawl.service.problem.ProblemException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.felix.utils.resource.CapabilitySet;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.resource.Capability;
import org.osgi.resource.Namespace;
import org.osgi.resource.Requirement;

/**
 * Checks, without installing a jar, whether the framework in its present state provides everything that the jar requires. Constraints
 * between packages ({@code uses}) are left to the real resolve, which follows.
 */
public final class TrialResolve {

    /** The filter form of an Import-Package clause. */
    private static final Pattern PACKAGE_FILTER = Pattern.compile("\\(?&?\\(osgi\\.wiring\\.package=(?<name>[^)]*)\\)"
            + "(\\(version>=(?<floor>[^)]*)\\)(\\(!\\(version>=(?<ceiling>[^)]*)\\)\\))?)?\\)?");

    private static final String FILTER = Namespace.REQUIREMENT_FILTER_DIRECTIVE;

    /** The most missing requirements that a message lists. */
    private static final int MOST_NAMED = 20;

    private final BundleContext framework;

    public TrialResolve(BundleContext framework) {
        this.framework = framework;
    }

    /** Checks a jar; throws a {@link ProblemException} that lists everything that is missing. */
    public void check(ModuleJar jar) {
        PlannedBundle planned = new PlannedBundle(jar);
        Own own = new Own(jar.resource().getCapabilities(null));
        AvailableCapabilities available = new AvailableCapabilities(framework, planned);
        try {
            List<BundleRequirement> missing = jar.resource().getRequirements(null).stream()
                    .filter(TrialResolve::isMandatory)
                    .filter(requirement -> !own.satisfy(requirement))
                    .map(planned::requirement)
                    .filter(requirement -> available.matching(requirement).isEmpty())
                    .toList();
            if (!missing.isEmpty()) {
                throw refusal(jar, missing, available);
            }
        } finally {
            available.end();
        }
    }

    /** Whether a jar would resolve if others were installed with it; it may be one of them. */
    public boolean resolvesWith(ModuleJar jar, Collection<ModuleJar> others) {
        PlannedBundle planned = new PlannedBundle(jar);
        Own all = new Own(others.stream()
                .flatMap(other -> other.resource().getCapabilities(null).stream())
                .toList());
        AvailableCapabilities available = new AvailableCapabilities(framework, planned);
        try {
            return jar.resource().getRequirements(null).stream()
                    .filter(TrialResolve::isMandatory)
                    .filter(requirement -> !all.satisfy(requirement))
                    .allMatch(requirement -> !available
                            .matching(planned.requirement(requirement))
                            .isEmpty());
        } finally {
            available.end();
        }
    }

    private static ProblemException refusal(
            ModuleJar jar, List<BundleRequirement> missing, AvailableCapabilities available) {
        String all = missing.stream()
                .limit(MOST_NAMED)
                .map(requirement -> describe(requirement) + otherVersions(requirement, available))
                .distinct()
                .collect(Collectors.joining(", "));
        String more = missing.size() > MOST_NAMED ? " and " + (missing.size() - MOST_NAMED) + " more" : "";
        List<String> libraries = missing.stream()
                .limit(MOST_NAMED)
                .filter(requirement -> EmbeddingAdvice.isApi(AvailableCapabilities.packageName(requirement))
                        || named(requirement, available.visible(requirement)).isEmpty())
                .map(AvailableCapabilities::packageName)
                .filter(name -> !name.isEmpty())
                .distinct()
                .sorted()
                .toList();
        return new ProblemException(
                ProblemCode.UNRESOLVED,
                "The bundle " + jar.bundle() + " " + jar.version() + " does not resolve; missing: " + all + more + "."
                        + EmbeddingAdvice.hint(libraries));
    }

    /** A note such as {@code  (there is 1.0.0)}, when the package or bundle exists in other versions. */
    private static String otherVersions(BundleRequirement requirement, AvailableCapabilities available) {
        String versions = named(requirement, available.visible(requirement)).stream()
                .map(TrialResolve::version)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        if (!versions.isEmpty()) {
            return " (there is " + versions + ")";
        }
        return named(requirement, available.alike(requirement)).isEmpty()
                ? ""
                : " (the server has one of its own, which modules cannot see)";
    }

    /** The capabilities with the required name, in any version. */
    private static List<BundleCapability> named(Requirement requirement, List<BundleCapability> alike) {
        if (!AvailableCapabilities.packageName(requirement).isEmpty()) {
            return alike;
        }
        Object name = requirement.getAttributes().get(requirement.getNamespace());
        return alike.stream()
                .filter(capability ->
                        name != null && name.equals(capability.getAttributes().get(requirement.getNamespace())))
                .toList();
    }

    private static String version(BundleCapability capability) {
        String attribute = capability.getNamespace().equals(PackageNamespace.PACKAGE_NAMESPACE)
                ? PackageNamespace.CAPABILITY_VERSION_ATTRIBUTE
                : BundleNamespace.CAPABILITY_BUNDLE_VERSION_ATTRIBUTE;
        return String.valueOf(capability.getAttributes().get(attribute));
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

    /**
     * A description such as {@code package org.example [1.2.0,2.0.0)}; requirements other than packages and bundles are shown as in the
     * manifest.
     */
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

    /** The capabilities of one or several jars, packages by name. */
    private static final class Own {

        private final Map<String, List<Capability>> byName;

        Own(List<Capability> all) {
            byName = all.stream().collect(Collectors.groupingBy(Own::key));
        }

        boolean satisfy(Requirement requirement) {
            String name = AvailableCapabilities.packageName(requirement);
            return byName.getOrDefault(name.isEmpty() ? requirement.getNamespace() : name, List.of()).stream()
                    .anyMatch(capability -> CapabilitySet.matches(capability, requirement));
        }

        private static String key(Capability capability) {
            return capability.getNamespace().equals(PackageNamespace.PACKAGE_NAMESPACE)
                    ? String.valueOf(capability.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE))
                    : capability.getNamespace();
        }
    }
}
