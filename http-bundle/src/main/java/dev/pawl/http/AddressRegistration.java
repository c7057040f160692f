package dev.pawl.http;

import dev.pawl.service.catalog.ModuleCatalog;
import dev.pawl.service.job.Scheduler;
import java.net.URI;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Says where the server is, as a {@link URI} service, while it takes jobs: the sign that the launcher waits for. */
@Component(
        service = {},
        immediate = true)
public final class AddressRegistration {

    private final ServiceRegistration<URI> registration;

    /** The parts that are not used here are what the announcement promises. */
    @Activate
    public AddressRegistration(
            BundleContext context,
            @Reference HttpServer server,
            @Reference Scheduler scheduler,
            @Reference ModuleCatalog catalog) {
        this.registration = context.registerService(
                URI.class, server.url(), FrameworkUtil.asDictionary(Map.of("pawl.role", "server")));
    }

    @Deactivate
    public void withdraw() {
        registration.unregister();
    }
}
