package dev.pawl.guard;

import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.hooks.weaving.WeavingHook;

/**
 * Registers the weaving hook for as long as the bundle is started. It is not a component, because the hook must be registered before the
 * first class of a module is loaded.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class GuardActivator implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        context.registerService(WeavingHook.class, new ModuleWeaving(), null);
        JdbcDrivers.find();
        context.addBundleListener(new JdbcDrivers());
    }

    @Override
    public void stop(BundleContext context) {
        // the framework itself removes the hook and the listener
    }
}
