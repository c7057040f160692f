package dev.pawl.runtime;

import java.net.URI;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Stands for the HTTP bundle: says that the server answers. */
public final class AnsweringActivator implements BundleActivator {

    @Override
    @SuppressWarnings("JdkObsolete") // the framework takes no other dictionary
    public void start(BundleContext context) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("pawl.role", "server");
        context.registerService(URI.class, URI.create("http://127.0.0.1:4711"), properties);
    }

    @Override
    public void stop(BundleContext context) {
        // The framework takes the service back.
    }
}
