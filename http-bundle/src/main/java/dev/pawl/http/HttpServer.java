package dev.pawl.http;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the API listen. It begins when the {@link ApiPreparation} lets it. When the runtime stops, it ends before anything else: it stops
 * accepting connections, then answers the requests that have arrived.
 */
@Component(service = HttpServer.class, immediate = true, enabled = false)
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"dev.pawl.service.notification.JobDocuments\"")
public final class HttpServer {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    private final Api api;
    private final BundleContext context;
    private final URI url;
    private final List<ServiceRegistration<?>> services;
    private final SynchronousBundleListener runtimeEnd = this::ended;

    /**
     * Starts the API.
     *
     * @throws IllegalStateException when a setting is wrong, or would leave the server open to other machines
     */
    @Activate
    public HttpServer(BundleContext context, @Reference ApiPreparation preparation) throws IOException {
        this.context = context;
        this.api = prepared(preparation);
        this.url = open();
        this.services = api.register(context);
        context.addBundleListener(runtimeEnd);
    }

    /** The address by which programs of this machine reach it, such as {@code http://127.0.0.1:8420}. */
    public URI url() {
        return url;
    }

    @Deactivate
    public void stop() {
        context.removeBundleListener(runtimeEnd);
        services.forEach(ServiceRegistration::unregister);
        api.close();
    }

    private void ended(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == 0) {
            api.drain();
        }
    }

    private URI open() throws IOException {
        try {
            return api.open();
        } catch (IOException | RuntimeException e) {
            api.close();
            throw e;
        }
    }

    private static Api prepared(ApiPreparation preparation) {
        try {
            return preparation.api();
        } catch (IllegalStateException e) { // the component runtime's own log may go nowhere
            LOG.error("The HTTP API does not start: {}", e.getMessage());
            throw e;
        }
    }
}
