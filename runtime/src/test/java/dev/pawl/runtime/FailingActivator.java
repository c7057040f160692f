package dev.pawl.runtime;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Fails to start, with a reason. */
public final class FailingActivator implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        throw new IllegalStateException("the ratchet is jammed");
    }

    @Override
    public void stop(BundleContext context) {
        // Never started, so nothing to stop.
    }
}
