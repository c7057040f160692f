package dev.pawl.deploy;

import java.util.Collection;
import org.osgi.framework.Bundle;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Keeps the versions of one module bundle from using each other's packages while both are there: a new version that did would be
 * torn down with the old one.
 */
final class OwnPackages implements ResolverHook, ResolverHookFactory {

    @Override
    public ResolverHook begin(Collection<BundleRevision> triggers) {
        return this;
    }

    @Override
    public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
        Bundle user = requirement.getRevision().getBundle();
        if (Bundles.isOurs(user)) {
            candidates.removeIf(candidate -> {
                Bundle provider = candidate.getRevision().getBundle();
                return Bundles.isOurs(provider)
                        && !provider.equals(user)
                        && user.getSymbolicName().equals(provider.getSymbolicName());
            });
        }
    }

    @Override
    public void filterResolvable(Collection<BundleRevision> candidates) {}

    /** An update has two versions there for a moment or, side by side, for days; only one of them is given new jobs. */
    @Override
    public void filterSingletonCollisions(BundleCapability singleton, Collection<BundleCapability> candidates) {
        if (Bundles.isOurs(singleton.getRevision().getBundle())) {
            candidates.removeIf(
                    candidate -> Bundles.isOurs(candidate.getRevision().getBundle()));
        }
    }

    @Override
    public void end() {}
}
