package dev.pawl.http.health;

import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;

/**
 * The server's health as a service of Felix Health Checks, for tools that look for such checks. Its API is loaded only when one of them
 * asks.
 */
public final class OwnCheck implements ServiceFactory<Object> {

    private final Health health;

    private OwnCheck(Health health) {
        this.health = health;
    }

    /** Registers it. */
    public static ServiceRegistration<?> register(BundleContext context, Health health) {
        Map<String, Object> properties =
                Map.of("hc.name", "Pawl", "hc.tags", new String[] {"pawl", "ready", "systemready"});
        return context.registerService(BundleChecks.TYPE, new OwnCheck(health), FrameworkUtil.asDictionary(properties));
    }

    @Override
    public Object getService(Bundle bundle, ServiceRegistration<Object> registration) {
        return new FelixHealth(health);
    }

    @Override
    public void ungetService(Bundle bundle, ServiceRegistration<Object> registration, Object service) {
        // It holds nothing.
    }
}
