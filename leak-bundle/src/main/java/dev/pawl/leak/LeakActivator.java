package dev.pawl.leak;

import dev.pawl.service.catalog.LeakSearch;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Capability;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/** Watches the class loaders of modules for as long as the bundle is started. No component, since it depends on nothing that comes later. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
@Capability(namespace = "osgi.service", attribute = "objectClass:List<String>=\"dev.pawl.service.catalog.LeakSearch\"")
public final class LeakActivator implements BundleActivator {

    private @Nullable LoaderWatch watch;

    @Override
    public void start(BundleContext context) {
        LeakSettings settings = LeakSettings.of(context::getProperty);
        watch = new LoaderWatch(
                context,
                clock(context),
                settings.check(),
                () -> new Holders(new HeapSearch(settings.dataDir().resolve("tmp"))));
        context.registerService(LeakSearch.class, watch, null);
    }

    @Override
    public void stop(BundleContext context) {
        if (watch != null) {
            watch.close();
        }
    }

    /** The launcher registers it before any bundle starts. */
    private static InstantSource clock(BundleContext context) {
        ServiceReference<InstantSource> clock = context.getServiceReference(InstantSource.class);
        InstantSource found = clock == null ? null : context.getService(clock);
        return found == null ? InstantSource.system() : found;
    }
}
