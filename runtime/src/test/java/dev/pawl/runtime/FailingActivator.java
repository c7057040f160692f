package dev.pawl.runtime;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Cannot start, and says why. */
public final class FailingActivator implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        throw new IllegalStateException("the ratchet is jammed");
    }

    @Override
    public void stop(BundleContext context) {
        // It never runs.
    }
}
