package dev.pawl.runtime;

import dev.pawl.launch.HttpAddress;
import java.net.URI;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Stands in for the HTTP bundle: announces that the server answers. */
public final class AnsweringActivator implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        HttpAddress address = new HttpAddress(URI.create("http://127.0.0.1:4711"));
        context.registerService(HttpAddress.class, address, null);
    }

    @Override
    public void stop(BundleContext context) {
        // The framework unregisters the service.
    }
}
