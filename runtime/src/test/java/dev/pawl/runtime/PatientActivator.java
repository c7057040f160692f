package dev.pawl.runtime;

import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Starts only after the HTTP bundle, which has the highest level, has started. */
public final class PatientActivator implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (context.getServiceReference(URI.class) == null) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("The HTTP bundle did not start meanwhile.");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    @Override
    public void stop(BundleContext context) {
        // Nothing was begun.
    }
}
