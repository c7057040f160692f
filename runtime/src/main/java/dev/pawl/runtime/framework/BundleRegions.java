package dev.pawl.runtime.framework;

import dev.pawl.launch.StartLevel;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.NativeNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/**
 * The two regions of the framework, which keep the server and its modules apart wherever bundles are wired. The bundles of the
 * distribution use each other and the framework. Everything else, modules above all, uses its own kind, the framework (the JDK, slf4j,
 * the OSGi core) and, of the distribution, the API and what Declarative Services needs; the protocol of the launcher, which the framework
 * exports too, is not for it. No module is ever used by the distribution.
 * The deploy-bundle asks this hook before it installs a bundle, so that nothing is promised there which is refused here. Stateless, for
 * many threads.
 */
final class BundleRegions implements ResolverHookFactory, ResolverHook {

    /** The packages of the distribution's bundles that modules may import, each with its subpackages. */
    private static final List<String> SHARED =
            List.of("dev.pawl.api", "org.osgi.service.cm", "org.osgi.service.component", "org.osgi.service.metatype");

    /** The package of the error that replaces calls by which a module would end the server. */
    private static final String EXIT_ERROR = "dev.pawl.service.guard";

    /** Packages that modules may import without their subpackages: {@link #EXIT_ERROR}, and those of types in signatures of the API. */
    private static final Set<String> SHARED_ALONE =
            Set.of(EXIT_ERROR, "org.osgi.util.function", "org.osgi.util.promise");

    /** The package that the framework exports for the server's own bundles alone. */
    private static final String PROTOCOL = StartLevel.class.getPackageName();

    /** Other namespaces of the distribution's capabilities that modules may require: services, extenders and specifications. */
    private static final Set<String> SHARED_NAMESPACES = Set.of(
            "osgi.extender",
            "osgi.implementation",
            "osgi.service",
            ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE,
            NativeNamespace.NATIVE_NAMESPACE);

    private final Set<String> distribution;

    /** @param distribution the locations of the distribution's bundles */
    BundleRegions(Collection<String> distribution) {
        this.distribution = Set.copyOf(distribution);
    }

    @Override
    public ResolverHook begin(Collection<BundleRevision> triggers) {
        return this;
    }

    @Override
    public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
        boolean ofTheServer = isOfTheServer(requirement.getRevision());
        candidates.removeIf(
                candidate -> ofTheServer ? !isOfTheServer(candidate.getRevision()) : isHiddenFromModules(candidate));
    }

    @Override
    public void filterResolvable(Collection<BundleRevision> candidates) {
        // Every bundle may resolve, within its region.
    }

    @Override
    public void filterSingletonCollisions(BundleCapability singleton, Collection<BundleCapability> candidates) {
        boolean ofTheServer = isOfTheServer(singleton.getRevision());
        candidates.removeIf(candidate -> isOfTheServer(candidate.getRevision()) != ofTheServer);
    }

    @Override
    public void end() {
        // There is nothing to end.
    }

    private boolean isOfTheServer(BundleRevision revision) {
        return revision.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID || isOfTheDistribution(revision);
    }

    private boolean isOfTheDistribution(BundleRevision revision) {
        Bundle bundle = revision.getBundle();
        return distribution.contains(bundle.getLocation());
    }

    private boolean isHiddenFromModules(BundleCapability offered) {
        return isOfTheDistribution(offered.getRevision())
                ? !isShared(offered)
                : isOfTheServer(offered.getRevision()) && PROTOCOL.equals(packageOf(offered));
    }

    private static @Nullable Object packageOf(BundleCapability offered) {
        return offered.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE);
    }

    private static boolean isShared(BundleCapability offered) {
        if (!offered.getNamespace().equals(PackageNamespace.PACKAGE_NAMESPACE)) {
            return SHARED_NAMESPACES.contains(offered.getNamespace());
        }
        String name = String.valueOf(packageOf(offered));
        return SHARED_ALONE.contains(name)
                || SHARED.stream().anyMatch(shared -> name.equals(shared) || name.startsWith(shared + "."));
    }
}
