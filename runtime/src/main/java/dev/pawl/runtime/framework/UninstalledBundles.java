package dev.pawl.runtime.framework;

import java.lang.reflect.Field;
import java.util.Map;
import org.apache.felix.framework.Felix;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the framework release uninstalled bundles. Felix 7.0.5 retains each bundle that ever used a service for as long as that service is
 * registered, with a use count of zero, and with it everything that was read of the bundle: some 10 KB for each update of a module. The map
 * can only be accessed by its name; a framework without it is left as it is.
 */
final class UninstalledBundles implements BundleListener {

    private static final Logger LOG = LoggerFactory.getLogger(UninstalledBundles.class);

    private final Map<?, ?> users;

    private UninstalledBundles(Map<?, ?> users) {
        this.users = users;
    }

    /** Starts for an initialised framework. */
    static void forget(Felix framework) {
        try {
            Object registry = field(Felix.class, "m_registry").get(framework);
            if (field(registry.getClass(), "m_inUseMap").get(registry) instanceof Map<?, ?> users) {
                framework.getBundleContext().addBundleListener(new UninstalledBundles(users));
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.warn(
                    "This framework is not the tested one; it may retain a little memory for each uninstalled bundle.",
                    e);
        }
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.UNINSTALLED) {
            users.keySet().removeIf(user -> user instanceof Bundle bundle && bundle.getState() == Bundle.UNINSTALLED);
        }
    }

    private static Field field(Class<?> type, String name) throws NoSuchFieldException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
