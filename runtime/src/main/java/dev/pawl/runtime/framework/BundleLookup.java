package dev.pawl.runtime.framework;

import java.util.Arrays;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Looks up installed bundles. */
public final class BundleLookup {

    private BundleLookup() {}

    /** The first bundle with a symbolic name. */
    public static Optional<Bundle> find(BundleContext context, String symbolicName) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .findFirst();
    }
}
