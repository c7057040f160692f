package dev.pawl.deploy.wiring;

import dev.pawl.deploy.bundle.ModuleBundles;
import java.util.Collection;
import java.util.Set;
import java.util.function.Predicate;
import org.osgi.framework.Bundle;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.resource.Namespace;

/**
 * The policy by which modules use each other's packages: only as was checked when they were installed. Versions of the same module bundle
 * never use each other, since the new version would then be stopped with the old one. Packages that the server has are never taken from
 * another bundle. A dynamic import never finds another module. After a restart a module is wired to the same bundles as before.
 */
public final class WiringPolicy implements ResolverHook, ResolverHookFactory {

    private final WiringRecord memory;

    public WiringPolicy(WiringRecord memory) {
        this.memory = memory;
    }

    @Override
    public ResolverHook begin(Collection<BundleRevision> triggers) {
        return this;
    }

    @Override
    public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
        Bundle user = requirement.getRevision().getBundle();
        if (!ModuleBundles.isOurs(user) || candidates.isEmpty()) {
            return;
        }
        Predicate<BundleCapability> ofAnother = candidate -> isOfAnother(candidate, user);
        candidates.removeIf(ofAnother.and(
                candidate -> user.getSymbolicName().equals(provider(candidate).getSymbolicName())));
        if (isDynamic(requirement)
                || candidates.stream().anyMatch(candidate -> !ModuleBundles.isOurs(provider(candidate)))) {
            candidates.removeIf(ofAnother);
        }
        memory.providers(ModuleBundles.artifact(user))
                .ifPresent(known -> keepKnown(requirement, candidates, ofAnother, known));
    }

    /**
     * Keeps the known providers. A bundle with a mandatory requirement that none of them satisfies any more may use another one, since
     * otherwise it would not run at all.
     */
    private static void keepKnown(
            BundleRequirement requirement,
            Collection<BundleCapability> candidates,
            Predicate<BundleCapability> ofAnother,
            Set<String> known) {
        Predicate<BundleCapability> unknown =
                ofAnother.and(candidate -> !known.contains(provider(candidate).getSymbolicName()));
        if (isOptional(requirement) || !candidates.stream().allMatch(unknown)) {
            candidates.removeIf(unknown);
        }
    }

    @Override
    public void filterResolvable(Collection<BundleRevision> candidates) {}

    /** During an update two versions are installed, for a moment or, side by side, for days; only one of them gets new jobs. */
    @Override
    public void filterSingletonCollisions(BundleCapability singleton, Collection<BundleCapability> candidates) {
        if (ModuleBundles.isOurs(provider(singleton))) {
            candidates.removeIf(candidate -> ModuleBundles.isOurs(provider(candidate)));
        }
    }

    @Override
    public void end() {}

    private static boolean isOfAnother(BundleCapability candidate, Bundle user) {
        Bundle provider = provider(candidate);
        return ModuleBundles.isOurs(provider) && !provider.equals(user);
    }

    private static Bundle provider(BundleCapability capability) {
        return capability.getRevision().getBundle();
    }

    private static boolean isOptional(BundleRequirement requirement) {
        return Namespace.RESOLUTION_OPTIONAL.equals(resolution(requirement));
    }

    /**
     * Whether the requirement is a dynamic import: the framework creates one for each package while the bundle runs and has its wires
     * already.
     */
    private static boolean isDynamic(BundleRequirement requirement) {
        return requirement.getRevision().getWiring() != null
                || PackageNamespace.RESOLUTION_DYNAMIC.equals(resolution(requirement));
    }

    private static String resolution(BundleRequirement requirement) {
        return requirement
                .getDirectives()
                .getOrDefault(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE, Namespace.RESOLUTION_MANDATORY);
    }
}
