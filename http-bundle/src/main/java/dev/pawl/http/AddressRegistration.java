package dev.pawl.http;

import dev.pawl.launch.HttpAddress;
import dev.pawl.service.catalog.ModuleCatalog;
import dev.pawl.service.job.Scheduler;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Says where the server is, as an {@link HttpAddress} service, while it takes jobs: the sign that the launcher waits for. */
@Component(
        service = {},
        immediate = true)
public final class AddressRegistration {

    private final ServiceRegistration<HttpAddress> registration;

    /** These references are not called here: they are the services that the registration promises. */
    @Activate
    public AddressRegistration(
            BundleContext context,
            @Reference HttpServer server,
            @Reference Scheduler scheduler,
            @Reference ModuleCatalog catalog) {
        this.registration = context.registerService(HttpAddress.class, new HttpAddress(server.url()), null);
    }

    @Deactivate
    public void withdraw() {
        registration.unregister();
    }
}
